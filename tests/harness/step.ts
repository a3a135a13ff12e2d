import type { SeenRequest } from "./control";
import type { RequestTelling } from "./requests";
import type { RunResult } from "./run";

/** How a step is run. */
export interface StepOptions {
  /** Default 90. */
  readonly deadlineSeconds?: number;
  /** The command is to fail. Which code says so differs between versions of the CLI, so none is told. */
  readonly fails?: boolean;
  readonly env?: Readonly<Record<string, string>>;
  /** Tell only what writes: somebody else reads at the same time, how often depends on the moment. */
  readonly writesOnly?: boolean;
  /** Leave the rows out, and tell only how many resources were made, changed, kept: for a step with very many. */
  readonly totalsOnly?: boolean;
  /** How the requests are told; default `"in order"`. */
  readonly requests?: RequestTelling;
}

/** What a step did. */
export interface StepResult extends RunResult {
  /** Both streams as they came. */
  readonly said: string;
  /** Requests received since the step before. */
  readonly requests: readonly SeenRequest[];
}

/** A step under way, for stories that interfere. */
export interface StepUnderWay {
  readonly pid: number;
  /** Kills the CLI alone, as a crash would, and waits for its end. Its children live on. */
  kill(): Promise<void>;
  /** What ^C at a terminal does: SIGINT to the CLI and everything in its process group. The second one breaks it off. */
  interrupt(): void;
  /** Waits for the end, and writes the step into the narrative. */
  ended(): Promise<StepResult>;
}

/** A step as a story asked for it. */
export interface AskedStep {
  readonly title: string;
  readonly args: readonly string[];
  readonly options: StepOptions;
  /** Whether the story broke it off, and how: what it said last then depends on the moment. */
  readonly broken: "killed" | "broken off" | undefined;
}

type Ending = "killed" | "broken off" | "failed" | "exit 0";

/** How a step was to end, and how it did. */
export function endingOf(step: AskedStep, { exitCode }: RunResult): { readonly wanted: Ending; readonly was: Ending } {
  if (step.broken !== undefined) return { wanted: step.broken, was: step.broken };
  return { wanted: step.options.fails === true ? "failed" : "exit 0", was: exitCode === 0 ? "exit 0" : "failed" };
}
