import { mkdir, realpath } from "node:fs/promises";
import type { Clock } from "../../clock/clock";
import { connectDaemon } from "./daemon/daemon";
import { dataMark } from "./daemon/names";
import { dockerAvailable } from "./daemon/probe";
import { DockerEngine } from "./docker-engine";
import { runFolders } from "./run/run-folder";

export { dockerAvailable } from "./daemon/probe";

/** Runs at work at once; further ones wait. Docker's address pools hold about 30 networks. */
const MOST_RUNS = 16;

/** Settings of the docker engine. */
export interface DockerEngineOptions {
  /** Folder for the runs' own folders; also what marks everything on the daemon as this engine's. */
  readonly workFolder: string;
  readonly clock: Clock;
  /** Errors that are no run's own. */
  readonly log: (message: string) => void;
}

/**
 * An engine that runs each text as a Docker Compose project of its own.
 *
 * @throws with the reason when Docker or its compose plugin is not there (see `dockerAvailable`)
 */
export async function createDockerEngine({ workFolder, clock, log }: DockerEngineOptions): Promise<DockerEngine> {
  const docker = await dockerAvailable();
  if (!docker.available) throw new Error(`The docker engine cannot be used: ${docker.reason}.`);
  const { composePlugin: plugin, socket, cpus } = docker.facts;
  await mkdir(workFolder, { recursive: true, mode: 0o700 });
  // Compose runs in another folder than this process, and a link must not change whose containers they are.
  const folder = await realpath(workFolder);
  return new DockerEngine({
    daemon: connectDaemon(socket),
    cli: { plugin: await realpath(plugin), socket },
    folders: runFolders(folder),
    clock,
    log,
    cpus,
    mark: dataMark(folder),
    maxRuns: MOST_RUNS,
  });
}
