import { MARKER } from "../harness/environment";
import { environmentOf } from "../harness/processes/processes";
import { ProcessWatcher } from "../harness/processes/watcher";

/**
 * Reads all processes often enough to see the pull of an image. It keeps the environments of all, even of containers
 * and Docker, but not of the Pulumi CLI's children: the CLI passes a program its configuration that way.
 */
export const processSampler = (): ProcessWatcher =>
  new ProcessWatcher((fresh) => fresh.filter(({ pid }) => !isCommandOfScenario(environmentOf(pid))), 25);

/** The emulator belongs to the scenario too, and gets no secret. */
function isCommandOfScenario(environment: string): boolean {
  return environment.split("\n").some((line) => line.startsWith(`${MARKER}=`) && !line.endsWith("-emulator"));
}
