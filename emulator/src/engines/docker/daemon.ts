import { Agent } from "node:http";
import Docker from "dockerode";
import { EXECUTION_LABEL } from "./names";
import type { ContainerView } from "./run-state";

/** A container's output as the daemon sends it. */
export interface RawOutput {
  /** Framed unless `tty`. */
  readonly stream: NodeJS.ReadableStream;
  readonly tty: boolean;
}

/** Where reading a container's output begins; default: at its first message. */
export interface OutputStart {
  readonly since?: number | undefined;
  readonly tail?: number | undefined;
}

/** The calls of the Docker daemon that the engine uses. */
export interface Daemon {
  /** Containers of a run, ended ones included. */
  containers(executionId: string): Promise<readonly ContainerView[]>;
  /** The container's own stop signal, then the kill after so many seconds; no restart policy brings it back. */
  stop(containerId: string, graceSeconds: number): Promise<void>;
  kill(containerId: string): Promise<void>;
  /** One pass over everything with the label: removes containers, then networks and volumes. @returns how much it met. */
  sweep(label: string, value: string): Promise<number>;
  /** Ids of the executions that anything with the label belongs to. */
  executions(label: string, value: string): Promise<ReadonlySet<string>>;
  /** Bytes that the run's containers have written to their layers and volumes. */
  diskUse(executionId: string): Promise<number>;
  hasImage(image: string): Promise<boolean>;
  /**
   * Output with timestamps until the container stops; of one that does not run, what there is.
   * @param from `since`: whole seconds since 1970; `tail`: only so many of the last messages.
   */
  output(containerId: string, from?: OutputStart): Promise<RawOutput>;
  /** Events of containers with the label, as the daemon's lines of JSON; ends when the connection does. */
  events(label: string, value: string): Promise<NodeJS.ReadableStream>;
  /** @throws when the daemon does not answer. */
  facts(): Promise<{ readonly version: string; readonly cpus: number; readonly memoryBytes: number }>;
}

/** A call that is not a stream may take this long by default. */
const CALL_TIMEOUT = 30_000;

/** Taken for the machine's memory where the daemon does not say. */
const LEAST_MEMORY = 1024 ** 3;

interface MachineInfo {
  readonly NCPU?: number;
  readonly MemTotal?: number;
}

/** The library would take these from DOCKER_HOST and prefer them to the socket. */
const NOT_FROM_ENVIRONMENT = { host: undefined, port: undefined, protocol: "http", pathPrefix: undefined };

/**
 * The daemon behind a unix socket. No API version is asked for: the daemon answers with its own.
 *
 * @param callTimeout milliseconds that a call may take that is not a stream
 */
export function connectDaemon(socketPath: string, callTimeout = CALL_TIMEOUT): Daemon {
  // A kept connection that the daemon closes at the wrong moment would fail a call for nothing.
  const agent = new Agent({ keepAlive: false }) as unknown as object;
  const connect = (timeout: number) =>
    new Docker({ ...NOT_FROM_ENVIRONMENT, socketPath, agent, timeout } as Docker.DockerOptions);
  const docker = connect(callTimeout);
  const patient = connect(0);
  const labelled = (label: string, value: string) => ({ filters: { label: [`${label}=${value}`] } });

  return {
    async containers(executionId) {
      const found = await docker.listContainers({ all: true, ...labelled(EXECUTION_LABEL, executionId) });
      const views = await Promise.all(found.map(({ Id }) => unlessGone(docker.getContainer(Id).inspect())));
      return views.flatMap((view) => (view === undefined ? [] : [viewOf(view)]));
    },
    async stop(containerId, graceSeconds) {
      await unlessGone(patient.getContainer(containerId).stop({ t: graceSeconds }));
    },
    async kill(containerId) {
      await unlessGone(docker.getContainer(containerId).kill({ signal: "SIGKILL" }));
    },
    async sweep(label, value) {
      const filter = labelled(label, value);
      const containers = await docker.listContainers({ all: true, ...filter });
      await Promise.all(
        containers.map(({ Id }) => unlessGone(patient.getContainer(Id).remove({ force: true, v: true }))),
      );
      const networks = await docker.listNetworks(filter);
      await Promise.all(networks.map(({ Id }) => unlessGone(docker.getNetwork(Id).remove())));
      const { Volumes: volumes } = await docker.listVolumes(filter);
      await Promise.all((volumes ?? []).map(({ Name }) => unlessGone(docker.getVolume(Name).remove())));
      return containers.length + networks.length + (volumes ?? []).length;
    },
    async executions(label, value) {
      const filter = labelled(label, value);
      const [containers, networks, { Volumes: volumes }] = await Promise.all([
        docker.listContainers({ all: true, ...filter }),
        docker.listNetworks(filter),
        docker.listVolumes(filter),
      ]);
      const owned = [...containers, ...networks, ...(volumes ?? [])];
      return new Set(owned.flatMap(({ Labels: labels }) => labels?.[EXECUTION_LABEL] ?? []));
    },
    async diskUse(executionId) {
      const filter = labelled(EXECUTION_LABEL, executionId);
      const containers = await docker.listContainers({ all: true, size: true, ...filter });
      const layers = (containers as readonly { readonly SizeRw?: number }[]).map(({ SizeRw: bytes }) => bytes ?? 0);
      const mounts = containers.flatMap(({ Mounts: mounted }) =>
        (mounted ?? []).flatMap(({ Name: name }) => name ?? []),
      );
      return sum([...layers, ...(mounts.length === 0 ? [] : await volumeSizes(docker, new Set(mounts)))]);
    },
    async hasImage(image) {
      return (await unlessGone(docker.getImage(image).inspect())) !== undefined;
    },
    async output(containerId, { since, tail } = {}) {
      const container = patient.getContainer(containerId);
      const tty = (await container.inspect()).Config.Tty;
      const start = { ...(since === undefined ? {} : { since }), ...(tail === undefined ? {} : { tail }) };
      const parts = { stdout: true, stderr: true, timestamps: true, ...start };
      return { stream: await container.logs({ ...parts, follow: true }), tty };
    },
    events: (label, value) => patient.getEvents({ filters: { type: ["container"], label: [`${label}=${value}`] } }),
    async facts() {
      const [version, info] = await Promise.all([docker.version(), docker.info() as Promise<MachineInfo>]);
      return { version: version.Version, cpus: info.NCPU ?? 1, memoryBytes: info.MemTotal ?? LEAST_MEMORY };
    },
  };
}

/** Asked only where a run has volumes: the daemon goes through all that it has. */
async function volumeSizes(docker: Docker, names: ReadonlySet<string>): Promise<readonly number[]> {
  const { Volumes: volumes } = (await docker.df()) as {
    readonly Volumes?:
      | readonly { readonly Name: string; readonly UsageData?: { readonly Size: number } | null }[]
      | null;
  };
  const ofRun = (volumes ?? []).filter(({ Name: name }) => names.has(name));
  // -1 where the daemon cannot tell.
  return ofRun.map(({ UsageData: usage }) => Math.max(0, usage?.Size ?? 0));
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

function viewOf(inspected: Docker.ContainerInspectInfo): ContainerView {
  const { State: state, Config: config, Id: id } = inspected;
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

/** 404: gone. 304: stopped already. 409: somebody is removing it, it does not run, or is in use. 403: a network in use. */
async function unlessGone<T>(call: Promise<T>): Promise<T | undefined> {
  try {
    return await call;
  } catch (error) {
    const status = statusOf(error);
    if (status === 404 || status === 304 || status === 409 || status === 403) return undefined;
    throw error;
  }
}

/** Whether the daemon has answered, with an error; else it is away, or took too long. */
export function isAnswer(error: unknown): boolean {
  return typeof statusOf(error) === "number";
}

function statusOf(error: unknown): unknown {
  return (error as { statusCode?: unknown }).statusCode;
}
