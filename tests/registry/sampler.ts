import type { Place } from "../harness/canaries";
import { MARKER } from "../harness/environment";
import { environmentOf, listProcesses } from "../harness/processes";

const EVERY_MS = 25;

/**
 * Looks at all processes of the machine many times a second: fetching an image takes no longer. Kept are arguments and
 * environments of every process, those of containers and of Docker among them, but not the environments of the Pulumi
 * CLI's children: it hands a program its configuration that way.
 */
export class ProcessSampler {
  private readonly seen = new Map<string, Place>();
  private readonly timer = setInterval(() => this.look(), EVERY_MS);

  places(): readonly Place[] {
    return [...this.seen.values()];
  }

  stop(): void {
    clearInterval(this.timer);
  }

  private look(): void {
    for (const { pid, started, command } of listProcesses()) {
      const key = `${pid} ${started} ${command}`;
      if (this.seen.has(key)) continue;
      const of = `process ${pid} (${command.split(" ")[0]})`;
      this.seen.set(key, { where: `the arguments of ${of}`, text: command });
      const environment = environmentOf(pid);
      if (!isCommandOfStory(environment)) {
        this.seen.set(`${key} environment`, { where: `the environment of ${of}`, text: environment });
      }
    }
  }
}

/** The emulator is of the story, too, and is given no secret. */
function isCommandOfStory(environment: string): boolean {
  return environment.split("\n").some((line) => line.startsWith(`${MARKER}=`) && !line.endsWith("-emulator"));
}
