import { mkdir, realpath } from "node:fs/promises";
import { type Clock, realClock } from "../../clock/clock";
import { ownerState, ownerText, parseOwner, processesHere } from "../../store/owner";
import { endAbandonedCompose } from "./daemon/compose";
import { connectDaemon } from "./daemon/daemon";
import { type DockerFacts, dockerAvailable } from "./daemon/probe";
import { DockerEngine } from "./docker-engine";
import { dataMark, projectName } from "./names";
import { runFolders } from "./run/run-folder";
import { sweepEnded, sweepRun } from "./run/stop";

export { dockerAvailable } from "./daemon/probe";

/** The largest number of runs at once. Further runs wait, because Docker has addresses for only about 30 networks. */
const MOST_RUNS = 16;

/** Settings of the docker engine. */
export interface DockerEngineOptions {
  /** The work folder, with a folder for each run. Its path identifies the objects of this engine on the daemon. */
  readonly workFolder: string;
  readonly clock: Clock;
  /** Logs errors that do not end a run, for example that the folder of a run could not be removed. */
  readonly log: (message: string) => void;
}

/**
 * Returns an engine that runs each Compose text as a separate Docker Compose project.
 *
 * @throws with the reason if Docker or its Compose plugin is missing (see `dockerAvailable`)
 */
export async function createDockerEngine({ workFolder, clock, log }: DockerEngineOptions): Promise<DockerEngine> {
  const docker = await dockerAvailable();
  if (!docker.available) throw new Error(`The docker engine cannot be used: ${docker.reason}.`);
  const { composePlugin: plugin, socket, cpus } = docker.facts;
  await mkdir(workFolder, { recursive: true, mode: 0o700 });
  // The path is made absolute, because Compose runs in another folder than this process. Links are resolved, because
  // `dataMark` would return different marks for two paths of the same folder.
  const folder = await realpath(workFolder);
  return new DockerEngine({
    daemon: connectDaemon(socket),
    cli: { plugin: await realpath(plugin), socket },
    folders: runFolders(folder),
    clock,
    log,
    cpus,
    mark: dataMark(folder),
    ...ownership(),
    maxRuns: MOST_RUNS,
  });
}

/**
 * Returns the value of `OWNER_LABEL` for this process. `hasEnded` returns whether the process that such a value names
 * has ended.
 */
export function ownership(): { readonly owner: string; readonly hasEnded: (owner: string) => boolean } {
  const processes = processesHere();
  return {
    owner: ownerText(processes.own),
    hasEnded: (text) => {
      const owner = parseOwner(text);
      return owner !== undefined && ownerState(owner, processes) === "ended";
    },
  };
}

/**
 * Removes the containers, networks and volumes of runs whose emulator has ended. Returns the number of these runs, and
 * what could not be removed.
 */
export async function sweepAbandoned({ socket }: Pick<DockerFacts, "socket">) {
  const daemon = connectDaemon(socket);
  const { hasEnded } = ownership();
  const abandoned = [...(await daemon.owners())].flatMap(([id, owner]) => (hasEnded(owner) ? [id] : []));
  await endAbandonedCompose(abandoned.map(projectName));
  const problems: string[] = [];
  const effects = { daemon, clock: realClock, log: (problem: string) => void problems.push(problem) };
  await sweepEnded(abandoned, (id, isLate) => sweepRun(id, true, effects, isLate), effects);
  return { runs: abandoned.length, problems };
}
