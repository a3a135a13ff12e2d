import { mkdir, realpath } from "node:fs/promises";
import type { Clock } from "../../clock/clock";
import { connectDaemon } from "./daemon/daemon";
import { dockerAvailable } from "./daemon/probe";
import { DockerEngine } from "./docker-engine";
import { dataMark } from "./names";
import { runFolders } from "./run/run-folder";

export { dockerAvailable } from "./daemon/probe";

/** The largest number of runs at once. Further runs wait, because Docker has addresses for only about 30 networks. */
const MOST_RUNS = 16;

/** Settings of the docker engine. */
export interface DockerEngineOptions {
  /**
   * The work folder, with a folder for each run. The path of the work folder also identifies everything that this
   * engine creates on the daemon.
   */
  readonly workFolder: string;
  readonly clock: Clock;
  /** Logs errors that do not belong to a run. */
  readonly log: (message: string) => void;
}

/**
 * Returns an engine that runs each text as a separate Docker Compose project.
 *
 * @throws with the reason if Docker or its Compose plugin is missing (see `dockerAvailable`)
 */
export async function createDockerEngine({ workFolder, clock, log }: DockerEngineOptions): Promise<DockerEngine> {
  const docker = await dockerAvailable();
  if (!docker.available) throw new Error(`The docker engine cannot be used: ${docker.reason}.`);
  const { composePlugin: plugin, socket, cpus } = docker.facts;
  await mkdir(workFolder, { recursive: true, mode: 0o700 });
  // The path is made absolute, because Compose runs in another folder than this process. Links are resolved, because
  // two paths of the same folder would give containers different marks.
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
