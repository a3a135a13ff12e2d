import { mkdir, realpath } from "node:fs/promises";
import { type Clock, realClock } from "../../clock/clock";
import { connectDaemon } from "./daemon/daemon";
import { dataMark } from "./daemon/names";
import { type DockerLocation, dockerAvailable } from "./daemon/probe";
import { DockerEngine } from "./docker-engine";
import { runFolders } from "./run/run-folder";

export { type DockerAvailability, type DockerFacts, type DockerLocation, dockerAvailable } from "./daemon/probe";
export type { DockerEngine } from "./docker-engine";

/** Settings of the docker engine. */
export interface DockerEngineOptions extends DockerLocation {
  /** Folder for the runs' own folders; also what marks everything on the daemon as this engine's. */
  readonly workFolder: string;
  /** Runs at work at once, 1 or more; further ones wait. Default 16: Docker's address pools hold about 30 networks. */
  readonly maxRuns?: number | undefined;
  readonly clock?: Clock | undefined;
  /** Errors that are no run's own. Default: nowhere. */
  readonly log?: ((message: string) => void) | undefined;
}

/**
 * An engine that runs each text as a Docker Compose project of its own.
 *
 * @throws with the reason when Docker or its compose plugin is not there (see `dockerAvailable`)
 */
export async function createDockerEngine(options: DockerEngineOptions): Promise<DockerEngine> {
  const docker = await dockerAvailable(options);
  if (!docker.available) throw new Error(`The docker engine cannot be used: ${docker.reason}.`);
  const { composePlugin: plugin, socket, cpus } = docker.facts;
  await mkdir(options.workFolder, { recursive: true, mode: 0o700 });
  // Compose runs in another folder than this process, and a link must not change whose containers they are.
  const workFolder = await realpath(options.workFolder);
  return new DockerEngine({
    daemon: connectDaemon(socket),
    cli: { plugin: await realpath(plugin), socket },
    folders: runFolders(workFolder),
    clock: options.clock ?? realClock,
    log: options.log ?? (() => {}),
    cpus,
    mark: dataMark(workFolder),
    maxRuns: options.maxRuns ?? 16,
  });
}
