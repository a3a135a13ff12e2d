import type { InspectedText } from "../golden/canaries";
import { descendantsOf, environmentOf, listProcesses, type ProcessInfo } from "./processes";

const EVERY_MS = 200;

/**
 * Looks at the process list a few times a second, as anybody on the machine could. Kept are the arguments of every
 * process, and the environments of what the emulator starts (the CLI's own children are given the key on purpose).
 */
export class ProcessWatcher {
  private readonly observed = new Map<string, InspectedText>();
  private readonly timer: NodeJS.Timeout;

  constructor(private readonly emulatorPid: number) {
    this.timer = setInterval(() => this.scan(), EVERY_MS);
    this.timer.unref();
  }

  /** What was seen; the text names each process's program only through `where`. */
  inspectedTexts(): readonly InspectedText[] {
    return [...this.observed.values()];
  }

  stop(): void {
    clearInterval(this.timer);
  }

  private scan(): void {
    const processes = listProcesses();
    for (const process of processes) this.keep(process, "arguments", process.command);
    for (const process of descendantsOf(this.emulatorPid, processes)) {
      const key = keyOf(process, "environment");
      if (!this.observed.has(key)) this.keep(process, "environment", environmentOf(process.pid));
    }
  }

  private keep(process: ProcessInfo, what: string, text: string): void {
    const where = `the ${what} of process ${process.pid} (${process.command.split(" ")[0]})`;
    this.observed.set(keyOf(process, what), { where, text });
  }
}

/** A process may replace its program after the fork, so its arguments count, too. */
function keyOf(process: ProcessInfo, what: string): string {
  return `${what} ${process.pid} ${process.started} ${process.command}`;
}
