import { join } from "node:path";
import type { Control } from "./emulator/control";
import { type Emulator, type EngineName, startEmulator } from "./emulator/emulator";
import { emulatorEnvironment, MARKER, pulumiEnvironment, QUICK_PROGRAMS } from "./environment";
import { startsIn } from "./golden/counts";
import { kill, marked, type ProcessInfo } from "./processes/processes";
import { pulumiFolder } from "./processes/tools";
import { HANGS_AFTER_SECONDS, waitUntil } from "./wait";
import type { Workspace } from "./workspace";

/** A work folder with an emulator, and the processes that commands in this folder start. */
export class Setup {
  /** @param marker a part of the environment of every process that a command starts */
  constructor(
    readonly work: Workspace,
    readonly emulator: Emulator,
    protected readonly marker: string,
  ) {}

  get control(): Control {
    return this.emulator.control;
  }

  /** Returns the environment of the commands. */
  get environment(): Readonly<Record<string, string>> {
    return { ...pulumiEnvironment(this.work, pulumiFolder(), this.marker, this.emulator), ...QUICK_PROGRAMS };
  }

  /** Returns the number of all starts. */
  async starts(): Promise<number> {
    return startsIn(await this.control.requests());
  }

  /** Returns the running processes that commands have started. */
  processes(): readonly ProcessInfo[] {
    return marked(`${MARKER}=${this.marker}`);
  }

  /** Returns the processes of the emulator itself. */
  emulatorProcesses(): readonly ProcessInfo[] {
    return marked(`${MARKER}=${this.marker}-emulator`);
  }

  /** Waits until every process that the commands started has ended. */
  async untilGone(seconds = HANGS_AFTER_SECONDS): Promise<void> {
    await waitUntil("the commands' processes to end", () => this.processes().length === 0, seconds).catch(() => {
      const left = this.processes().map(({ pid, command }) => `${pid} ${command}`);
      throw new Error(`After ${seconds} s there are still processes of ours:\n${left.join("\n")}`);
    });
  }

  /**
   * Kills every process of the commands at once, as the end of a container would. A process may start another process
   * just before it is killed, so the kill is repeated until no process is left.
   */
  async killAll(): Promise<void> {
    const killRest = () => {
      for (const { pid } of this.processes()) kill(pid);
      return this.processes().length === 0;
    };
    await waitUntil("the killed processes to end", killRest).catch(() => undefined);
    await this.untilGone(1);
  }

  /** Ends every process after a failed test. */
  async abandon(): Promise<void> {
    for (const { pid } of this.processes()) kill(pid);
    await this.emulator.stop().catch(() => undefined);
  }
}

/** Starts the emulator of a work folder. @returns the arguments of {@link Setup} */
export async function emulatorIn(
  work: Workspace,
  engine: EngineName = "simulated",
): Promise<readonly [work: Workspace, emulator: Emulator, marker: string]> {
  const marker = `${work.name}-${process.pid}-${Date.now()}`;
  const environment = emulatorEnvironment(work, `${marker}-emulator`);
  return [work, await startEmulator(engine, join(work.emulator, "data"), environment), marker];
}
