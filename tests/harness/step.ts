import type { ProgramName } from "./commands";
import type { ReceivedRequest } from "./emulator/control";
import type { RequestStyle } from "./golden/requests";
import type { RunResult } from "./processes/run";

/** The options of a step. */
export interface StepOptions {
  /** See {@link RunOptions.deadlineSeconds}. */
  readonly deadlineSeconds?: number;
  /**
   * Whether the command must fail. The narrative does not have the exit code, because it differs between versions of
   * the CLI.
   */
  readonly fails?: boolean;
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** The program that receives the arguments. Default: `pulumi`. */
  readonly program?: ProgramName;
  /**
   * Whether the narrative has only the requests that change something. Needed if another process also reads, because
   * the number of reads depends on timing.
   */
  readonly writesOnly?: boolean;
  /**
   * Whether the narrative has only the numbers of created, changed and kept resources. For a step with very many
   * resources.
   */
  readonly totalsOnly?: boolean;
  /** The form in which the narrative has the requests. Default: `"in order"`. */
  readonly requests?: RequestStyle;
}

/** The result of a step. */
export interface StepResult extends RunResult {
  /** Both streams, as the command printed them. */
  readonly output: string;
  /** The requests since the last step. */
  readonly requests: readonly ReceivedRequest[];
}

/** A running step, for scenarios that interrupt it. */
export interface RunningStep {
  readonly pid: number;
  /** Kills only the CLI, as a crash would, and waits for the end of the CLI. The CLI's children continue. */
  kill(): Promise<void>;
  /**
   * Sends SIGINT to the CLI and its process group, like ^C in a terminal. A second SIGINT makes the CLI end at once.
   */
  interrupt(): void;
  /** Waits for the end of the command, and adds the step to the narrative. */
  ended(): Promise<StepResult>;
}

/** A step, as a scenario requests it. */
export interface AskedStep {
  readonly title: string;
  readonly args: readonly string[];
  readonly options: StepOptions;
  /**
   * How the scenario interrupted the step; undefined if it did not. The last output of an interrupted step depends on
   * timing.
   */
  readonly interruption: "killed" | "broken off" | undefined;
}

type Ending = "killed" | "broken off" | "failed" | "exit 0";

/**
 * Returns the expected end and the real end of a step. If the scenario interrupted the step, both are the interruption.
 */
export function endingOf(step: AskedStep, { exitCode }: RunResult): { readonly wanted: Ending; readonly was: Ending } {
  if (step.interruption !== undefined) return { wanted: step.interruption, was: step.interruption };
  return { wanted: step.options.fails === true ? "failed" : "exit 0", was: exitCode === 0 ? "exit 0" : "failed" };
}
