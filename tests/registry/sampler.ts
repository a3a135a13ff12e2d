import { MARKER } from "../harness/environment";
import { environmentOf } from "../harness/processes/processes";
import { ProcessWatcher } from "../harness/processes/watcher";

/**
 * Looks at all processes so often that it sees the fetch of an image. Environments are kept of every process, those of containers and of
 * Docker among them, but for the Pulumi CLI's children: it hands a program its configuration that way.
 */
export const processSampler = (): ProcessWatcher =>
  new ProcessWatcher((fresh) => fresh.filter(({ pid }) => !isCommandOfScenario(environmentOf(pid))), 25);

/** The emulator is of the scenario, too, and is given no secret. */
function isCommandOfScenario(environment: string): boolean {
  return environment.split("\n").some((line) => line.startsWith(`${MARKER}=`) && !line.endsWith("-emulator"));
}
