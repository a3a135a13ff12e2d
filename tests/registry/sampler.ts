import { MARKER } from "../harness/environment";
import type { InspectedText } from "../harness/golden/canaries";
import { environmentOf, listProcesses } from "../harness/processes/processes";

const EVERY_MS = 25;

/**
 * Looks at all processes of the machine many times a second: fetching an image takes no longer. Kept are arguments and
 * environments of every process, those of containers and of Docker among them, but not the environments of the Pulumi
 * CLI's children: it hands a program its configuration that way.
 */
export class ProcessSampler {
  private readonly observed = new Map<string, InspectedText>();
  private readonly timer = setInterval(() => this.scan(), EVERY_MS);

  inspectedTexts(): readonly InspectedText[] {
    return [...this.observed.values()];
  }

  stop(): void {
    clearInterval(this.timer);
  }

  private scan(): void {
    for (const { pid, started, command } of listProcesses()) {
      const key = `${pid} ${started} ${command}`;
      if (this.observed.has(key)) continue;
      const of = `process ${pid} (${command.split(" ")[0]})`;
      this.observed.set(key, { where: `the arguments of ${of}`, text: command });
      const environment = environmentOf(pid);
      if (!isCommandOfScenario(environment)) {
        this.observed.set(`${key} environment`, { where: `the environment of ${of}`, text: environment });
      }
    }
  }
}

/** The emulator is of the scenario, too, and is given no secret. */
function isCommandOfScenario(environment: string): boolean {
  return environment.split("\n").some((line) => line.startsWith(`${MARKER}=`) && !line.endsWith("-emulator"));
}
