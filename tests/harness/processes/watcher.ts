import type { InspectedText } from "../golden/canaries";
import { environmentOf, listProcesses, type ProcessInfo } from "./processes";

/**
 * Reads the list of processes many times a second, as every user of the machine can. Records the arguments of every
 * process.
 */
export class ProcessWatcher {
  private readonly observed = new Map<string, InspectedText>();
  private readonly timer: NodeJS.Timeout;

  /**
   * @param withEnvironment selects the processes whose environments are also recorded. A command must not be selected,
   * because it receives secrets in its environment on purpose
   */
  constructor(
    private readonly withEnvironment: (fresh: ProcessInfo[], all: readonly ProcessInfo[]) => readonly ProcessInfo[],
    everyMilliseconds = 200,
  ) {
    this.timer = setInterval(() => this.scan(), everyMilliseconds);
    this.timer.unref();
  }

  /** Returns the recorded arguments. `where` names the program of each process. */
  inspectedTexts(): readonly InspectedText[] {
    return [...this.observed.values()];
  }

  stop(): void {
    clearInterval(this.timer);
  }

  private scan(): void {
    const all = listProcesses();
    const fresh = all.filter((process) => !this.observed.has(keyOf(process, "arguments")));
    for (const process of fresh) this.keep(process, "arguments", process.command);
    for (const process of this.withEnvironment(fresh, all)) {
      if (!this.observed.has(keyOf(process, "environment")))
        this.keep(process, "environment", environmentOf(process.pid));
    }
  }

  private keep(process: ProcessInfo, what: string, text: string): void {
    const where = `the ${what} of process ${process.pid} (${process.command.split(" ")[0]})`;
    this.observed.set(keyOf(process, what), { where, text });
  }
}

/**
 * Returns a key for each process and program. A process may start another program, so its arguments are then read
 * again.
 */
function keyOf(process: ProcessInfo, what: string): string {
  return `${what} ${process.pid} ${process.started} ${process.command}`;
}
