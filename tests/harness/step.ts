import type { ProgramName } from "./commands";
import type { ReceivedRequest } from "./emulator/control";
import type { RequestStyle } from "./golden/requests";
import type { RunResult } from "./processes/run";

/** How a step is run. */
export interface StepOptions {
  /** Default 90. */
  readonly deadlineSeconds?: number;
  /** The command is to fail. Which code says so differs between versions of the CLI, so none is reported. */
  readonly fails?: boolean;
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** The program that is given the arguments. Default `pulumi`. */
  readonly program?: ProgramName;
  /** Report only what writes: somebody else reads at the same time, how often depends on the moment. */
  readonly writesOnly?: boolean;
  /** Leave the rows out, and report only how many resources were made, changed, kept: for a step with very many. */
  readonly totalsOnly?: boolean;
  /** How the requests are reported; default `"in order"`. */
  readonly requests?: RequestStyle;
}

/** What a step did. */
export interface StepResult extends RunResult {
  /** Both streams as they came. */
  readonly output: string;
  /** Requests received since the step before. */
  readonly requests: readonly ReceivedRequest[];
}

/** A step under way, for scenarios that interfere. */
export interface RunningStep {
  readonly pid: number;
  /** Kills the CLI alone, as a crash would, and waits for its end. Its children live on. */
  kill(): Promise<void>;
  /** What ^C at a terminal does: SIGINT to the CLI and everything in its process group. The second one breaks it off. */
  interrupt(): void;
  /** Waits for the end, and writes the step into the narrative. */
  ended(): Promise<StepResult>;
}

/** A step as a scenario asked for it. */
export interface AskedStep {
  readonly title: string;
  readonly args: readonly string[];
  readonly options: StepOptions;
  /** Whether the scenario broke it off, and how: what it printed last then depends on the moment. */
  readonly interruption: "killed" | "broken off" | undefined;
}

type Ending = "killed" | "broken off" | "failed" | "exit 0";

/** How a step was to end, and how it did. */
export function endingOf(step: AskedStep, { exitCode }: RunResult): { readonly wanted: Ending; readonly was: Ending } {
  if (step.interruption !== undefined) return { wanted: step.interruption, was: step.interruption };
  return { wanted: step.options.fails === true ? "failed" : "exit 0", was: exitCode === 0 ? "exit 0" : "failed" };
}
