import { mkdtemp, realpath } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Engine, type EngineEnd, type EngineLine, type EngineRun, exitMessage } from "../../engine";
import type { InspectedContainer } from "../daemon/daemon";
import type { DockerApi } from "../daemon/docker-api";
import { dataMark } from "../names";

/** The image for the tests. It is on this machine, so no network is needed. */
export const IMAGE = "busybox:stable";

// The Compose plugin and the daemon that `npm test` uses. Without these variables, the engine finds the plugin and the
// daemon itself.
const { LYCEUM_TEST_COMPOSE_PLUGIN: plugin, LYCEUM_TEST_DOCKER_HOST: host } = process.env;
if (plugin) process.env.LYCEUM_EMULATOR_COMPOSE_PLUGIN = plugin;
if (host) process.env.DOCKER_HOST = host;

/** A run as its engine reported it. */
export interface LiveRun {
  readonly executionId: string;
  readonly reported: string[];
  /** The lines of the services, without the lines about their ends, because the order of the ends varies. */
  readonly lines: EngineLine[];
  /** Messages of a service's lines, in order. */
  messages(service: string): string[];
  /** Resolves when the first container of the run has started. */
  readonly running: Promise<void>;
  readonly ended: Promise<EngineEnd>;
  readonly events: Parameters<Engine["start"]>[1];
  readonly run: EngineRun;
}

let count = 0;

/** Returns a run that no engine has received yet. */
export function liveRun(text: string, more: Partial<EngineRun> = {}): LiveRun {
  const executionId = more.executionId ?? `local-test-${process.pid}-${++count}`;
  const reported: string[] = [];
  const lines: EngineLine[] = [];
  let [started, over] = [() => {}, (_end: EngineEnd) => {}];
  const running = new Promise<void>((resolve) => {
    started = resolve;
  });
  const ended = new Promise<EngineEnd>((resolve) => {
    over = resolve;
  });
  return {
    executionId,
    reported,
    lines,
    messages: (service) => lines.filter((line) => line.service === service).map((line) => line.message),
    running,
    ended,
    run: { composeFileCode: text, timeoutSeconds: 300, gracefulTimeoutSeconds: 1, ...more, executionId },
    events: {
      status: (status) => {
        reported.push(status);
        if (status === "running") started();
      },
      line: (line) => {
        if (line.message !== exitMessage(line.service)) lines.push(line);
      },
      ended: (end) => {
        reported.push("ended");
        over(end);
      },
    },
  };
}

/** Starts a run of a text in an engine. */
export function startRun(engine: Engine, text: string, more: Partial<EngineRun> = {}): LiveRun {
  const run = liveRun(text, more);
  engine.start(run.run, run.events);
  return run;
}

/** Creates a new folder for an engine. */
export function workFolder(): Promise<string> {
  return mkdtemp(join(tmpdir(), "docker-engine-"));
}

/** Returns every object on the daemon that the engine with this work folder has created. */
export async function everythingOf(folder: string, docker: DockerApi): Promise<readonly string[]> {
  const filters = { label: [`pulumi-lyceum.emulator=${dataMark(await realpath(folder))}`] };
  const containers = await listContainers(docker, filters);
  const networks = await docker.call<readonly { Name: string }[]>("GET", "/networks", { filters });
  const volumes = await docker.call<{ Volumes: readonly { Name: string }[] | null }>("GET", "/volumes", { filters });
  return [
    ...containers.map(({ Names: names }) => `container ${names[0]}`),
    ...networks.map(({ Name: name }) => `network ${name}`),
    ...(volumes.Volumes ?? []).map(({ Name: name }) => `volume ${name}`),
  ];
}

/** Returns the containers with these labels, including ended ones. */
export function listContainers(docker: DockerApi, filters: object = {}) {
  const query = { all: true, filters };
  return docker.call<readonly { Id: string; Names: readonly string[] }[]>("GET", "/containers/json", query);
}

/** Returns the containers of a run, as the daemon describes them. */
export async function inspectRun(docker: DockerApi, executionId: string) {
  const containers = await listContainers(docker, { label: [`pulumi-lyceum.execution=${executionId}`] });
  type Inspected = InspectedContainer & { readonly Mounts: readonly { readonly Name?: string }[] };
  return Promise.all(containers.map(({ Id: id }) => docker.call<Inspected>("GET", `/containers/${id}/json`)));
}

/** Waits until the condition is true. Fails after `milliseconds`. */
export async function until(
  condition: () => boolean | Promise<boolean>,
  what: string,
  milliseconds = 120_000,
): Promise<void> {
  for (const limit = Date.now() + milliseconds; !(await condition()); ) {
    if (Date.now() > limit) throw new Error(`It did not happen: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}
