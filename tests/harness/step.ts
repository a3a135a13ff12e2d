import type { ProgramName } from "./commands";
import type { ReceivedRequest } from "./emulator/control";
import type { RequestStyle } from "./golden/requests";
import type { RunResult } from "./processes/run";

/** The options of a step. */
export interface StepOptions {
  /** The time limit in seconds. Default: 90. */
  readonly deadlineSeconds?: number;
  /**
   * Whether the command must fail. Its exit code is not reported, because different versions of the CLI have different
   * ones.
   */
  readonly fails?: boolean;
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** The program that receives the arguments. Default: `pulumi`. */
  readonly program?: ProgramName;
  /**
   * Whether to report only writes. This is needed if another process also reads, because the number of its reads
   * depends on timing.
   */
  readonly writesOnly?: boolean;
  /**
   * Whether to report only how many resources were created, changed and kept. This is for a step with very many
   * resources.
   */
  readonly totalsOnly?: boolean;
  /** How the requests are reported. Default: `"in order"`. */
  readonly requests?: RequestStyle;
}

/** The result of a step. */
export interface StepResult extends RunResult {
  /** Both streams, as the command printed them. */
  readonly output: string;
  /** Requests since the last step. */
  readonly requests: readonly ReceivedRequest[];
}

/** A running step, for scenarios that interrupt it. */
export interface RunningStep {
  readonly pid: number;
  /** Kills only the CLI, as a crash would, and waits for the end of the CLI. Its children continue. */
  kill(): Promise<void>;
  /** Sends SIGINT to the CLI and its process group, like ^C in a terminal. A second one makes the CLI end at once. */
  interrupt(): void;
  /** Waits for the end, and adds the step to the narrative. */
  ended(): Promise<StepResult>;
}

/** A step, as a scenario requests it. */
export interface AskedStep {
  readonly title: string;
  readonly args: readonly string[];
  readonly options: StepOptions;
  /** Whether and how the scenario interrupted the step. If it did, the last output depends on timing. */
  readonly interruption: "killed" | "broken off" | undefined;
}

type Ending = "killed" | "broken off" | "failed" | "exit 0";

/** The expected end of a step, compared with its real end. */
export function endingOf(step: AskedStep, { exitCode }: RunResult): { readonly wanted: Ending; readonly was: Ending } {
  if (step.interruption !== undefined) return { wanted: step.interruption, was: step.interruption };
  return { wanted: step.options.fails === true ? "failed" : "exit 0", was: exitCode === 0 ? "exit 0" : "failed" };
}
