import type { Readable } from "node:stream";
import { EXECUTION_LABEL, OWNER_LABEL } from "../names";
import { DaemonError, DockerApi } from "./docker-api";
import type { ContainerView } from "./run-state";

/** The output of a container, as the daemon sends it. */
export interface RawOutput {
  /**
   * The output, in frames of Docker that name `stdout` or `stderr`. The output of a container with a terminal (`tty`)
   * has no frames.
   */
  readonly stream: Readable;
  readonly tty: boolean;
}

/** Which part of a container's output to read. Default: all output so far. */
export interface OutputPart {
  /** Whether to continue with later output until the container stops. */
  readonly follow?: boolean;
  /** The time at which the requested part of the output begins, in whole seconds since 1970. */
  readonly since?: number | undefined;
}

/** The functions with which the engine calls the Docker daemon. */
export type Daemon = ReturnType<typeof connectDaemon>;

interface Labelled {
  readonly Labels: Readonly<Record<string, string>> | null;
}
type Volumes = { readonly Volumes: readonly (Labelled & { readonly Name: string })[] | null };

/** The fields of a container's description that the engine reads. */
export interface InspectedContainer {
  readonly Id: string;
  readonly Config: { readonly Labels: Readonly<Record<string, string>>; readonly Tty: boolean };
  readonly State: {
    readonly Status: string;
    readonly ExitCode: number;
    readonly StartedAt: string;
    readonly FinishedAt: string;
    readonly OOMKilled: boolean;
  };
}

/** Returns functions that call the Docker daemon at a unix socket. */
export function connectDaemon(socketPath: string) {
  const docker = new DockerApi(socketPath);
  const inspect = (id: string) => docker.call<InspectedContainer>("GET", `/containers/${id}/json`);
  /** Returns all objects with a label (`NAME` or `NAME=VALUE`): containers, networks and volumes. */
  const everything = async (label: string) => {
    const filters = { label: [label] };
    const [containers, networks, { Volumes: volumes }] = await Promise.all([
      docker.call<readonly (Labelled & { readonly Id: string })[]>("GET", "/containers/json", { all: true, filters }),
      docker.call<readonly (Labelled & { readonly Id: string })[]>("GET", "/networks", { filters }),
      docker.call<Volumes>("GET", "/volumes", { filters }),
    ]);
    return { containers, networks, volumes: volumes ?? [] };
  };

  return {
    /** Returns the containers of a run, including those that have ended. */
    async containers(executionId: string): Promise<readonly ContainerView[]> {
      const filters = { label: [`${EXECUTION_LABEL}=${executionId}`] };
      const found = await docker.call<readonly { Id: string }[]>("GET", "/containers/json", { all: true, filters });
      const views = await Promise.all(found.map(({ Id }) => unlessGone(inspect(Id))));
      return views.flatMap((view) => (view === undefined ? [] : [viewOf(view)]));
    },
    /**
     * Sends the stop signal to the container, and kills the container after `graceSeconds`. After this, no restart
     * policy starts the container again.
     */
    stop: (containerId: string, graceSeconds: number): Promise<unknown> =>
      unlessGone(docker.patient("POST", `/containers/${containerId}/stop`, { t: graceSeconds })),
    kill: (containerId: string): Promise<unknown> =>
      unlessGone(docker.call("POST", `/containers/${containerId}/kill`, { signal: "SIGKILL" })),
    /**
     * Tries once to remove every object with the label: containers, then networks and volumes. @returns the number of
     * objects that were found before the removal
     */
    async sweep(label: string, value: string): Promise<number> {
      const { containers, networks, volumes } = await everything(`${label}=${value}`);
      const remove = (path: string, query = {}) => unlessGone(docker.patient("DELETE", path, query));
      await Promise.all(containers.map(({ Id }) => remove(`/containers/${Id}`, { force: true, v: true })));
      const rest = [...networks.map(({ Id }) => `/networks/${Id}`), ...volumes.map(({ Name }) => `/volumes/${Name}`)];
      await Promise.all(rest.map((path) => remove(path)));
      return containers.length + rest.length;
    },
    /** Returns the ids of the executions that have containers, networks or volumes with the label. */
    async executions(label: string, value: string): Promise<ReadonlySet<string>> {
      const owned = Object.values(await everything(`${label}=${value}`)).flat();
      return new Set(owned.flatMap(({ Labels: labels }) => labels?.[EXECUTION_LABEL] ?? []));
    },
    /** Returns the owner of each execution that has containers, networks or volumes, by the id of the execution. */
    async owners(): Promise<ReadonlyMap<string, string>> {
      const owned = Object.values(await everything(OWNER_LABEL)).flat();
      return new Map(
        owned.flatMap(({ Labels: labels }) => {
          const [id, owner] = [labels?.[EXECUTION_LABEL], labels?.[OWNER_LABEL]];
          return id === undefined || owner === undefined ? [] : [[id, owner] as const];
        }),
      );
    },
    async hasImage(image: string): Promise<boolean> {
      const name = encodeURI(image).replace(/[?#]/g, encodeURIComponent);
      return (await unlessGone(docker.call<object>("GET", `/images/${name}/json`))) !== undefined;
    },
    /** Reads the output of a container, with timestamps. When the signal fires, the stream ends. */
    async output(containerId: string, part: OutputPart, signal: AbortSignal): Promise<RawOutput> {
      const query = { stdout: true, stderr: true, timestamps: true, ...part };
      const { Config: config } = await inspect(containerId);
      return {
        stream: await docker.stream("GET", `/containers/${containerId}/logs`, { query, signal }),
        tty: config.Tty,
      };
    },
    /**
     * Returns the events of containers whose label `label` has the value `value`. The stream has one line of JSON for
     * each event. If the connection is lost, the stream ends.
     */
    events(label: string, value: string, signal: AbortSignal): Promise<Readable> {
      const filters = { type: ["container"], label: [`${label}=${value}`] };
      return docker.stream("GET", "/events", { query: { filters }, signal });
    },
    /** The number of CPUs of the daemon's machine. @throws if the daemon does not answer */
    cpus: async (): Promise<number> => (await docker.call<{ NCPU?: number }>("GET", "/info")).NCPU ?? 1,
  };
}

function viewOf({ State: state, Config: config, Id: id }: InspectedContainer): ContainerView {
  return {
    id,
    service: config.Labels["com.docker.compose.service"] ?? "",
    state: state.Status as ContainerView["state"],
    exitCode: state.ExitCode,
    startedAt: state.StartedAt,
    finishedAt: state.FinishedAt,
    oomKilled: state.OOMKilled,
  };
}

/**
 * Returns the answer to a call about an object: a container, an image, a network or a volume. Returns `undefined` for
 * these statuses:
 *
 * | status | reason |
 * |--------|--------|
 * | 304    | the container has already stopped |
 * | 403    | the network is in use |
 * | 404    | the object does not exist |
 * | 409    | the object is in use, is being removed, or is not running |
 */
async function unlessGone<T>(call: Promise<T>): Promise<T | undefined> {
  try {
    return await call;
  } catch (error) {
    if (error instanceof DaemonError && [403, 404, 304, 409].includes(error.statusCode)) return undefined;
    throw error;
  }
}
