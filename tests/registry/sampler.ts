import { MARKER } from "../harness/environment";
import { environmentOf } from "../harness/processes/processes";
import { ProcessWatcher } from "../harness/processes/watcher";

/**
 * Reads all processes so often that it sees the pull of an image. It records the environments of all processes, even of
 * containers and Docker. Children of the Pulumi CLI are left out, because the CLI passes the configuration to a program
 * in the environment.
 */
export const processSampler = (): ProcessWatcher =>
  new ProcessWatcher((fresh) => fresh.filter(({ pid }) => !isCommandOfScenario(environmentOf(pid))), 25);

/** The emulator also belongs to the scenario, but gets no secret. */
function isCommandOfScenario(environment: string): boolean {
  return environment.split("\n").some((line) => line.startsWith(`${MARKER}=`) && !line.endsWith("-emulator"));
}
