import { CI_EXIT_CODES } from "../exit-codes";
import type { Operation } from "../options";
import type { Report } from "../report/report-schema";
import type { AllReport } from "./all-schema";
import type { Outcome } from "./schedule";
import type { Target } from "./targets";

/** The result of a command for one stack. */
export interface StackResult {
  readonly exitCode: number;
  /** The summary of this stack's result, in Markdown. */
  readonly summary: string;
  /** The report that the command writes with `--json`. Null if the command wrote none. */
  readonly report: Report | null;
}

/** The outcome of a command for all stacks of a repository. */
export interface AllResult {
  readonly operation: Operation;
  /** The stack that `--stack` names. */
  readonly only: string | undefined;
  /** The commit that `--since` names. */
  readonly since: string | undefined;
  readonly outcomes: readonly Outcome<Target, StackResult>[];
  /** The stacks that are left out, because no change after the commit `since` concerns them. */
  readonly untouched: readonly Target[];
  /** The stacks that are not applied, because `--reviewed` has no file for them. */
  readonly unreviewed: readonly Target[];
  /** Whether the command received a signal. */
  readonly isStopped: boolean;
  /**
   * An error of the whole command, not of one stack. If `outcomes` is empty, the command failed before it worked on a
   * stack.
   */
  readonly error: string | undefined;
}

/** The exit codes, the worst first. A stack that was not started counts as an error. */
const WORST_FIRST: readonly number[] = [
  CI_EXIT_CODES.stopped,
  CI_EXIT_CODES.error,
  CI_EXIT_CODES.beyondReview,
  CI_EXIT_CODES.locked,
  CI_EXIT_CODES.drift,
];

/**
 * Returns the exit code of the whole command. The first line that fits counts:
 *
 * * 1 if the command itself failed (`error`)
 * * 130 if a signal came, and a stack was not started
 * * the worst exit code of the stacks; 0 if there are no stacks
 */
export function exitCodeOf({
  outcomes,
  isStopped,
  error,
}: Pick<AllResult, "outcomes" | "isStopped" | "error">): number {
  if (error !== undefined) return CI_EXIT_CODES.error;
  const isCut = isStopped && outcomes.some(({ kind }) => kind === "not started");
  return isCut ? CI_EXIT_CODES.stopped : worstCode(outcomes);
}

function worstCode(outcomes: AllResult["outcomes"]): number {
  const codes = outcomes.map((one) => (one.kind === "ended" ? one.result.exitCode : CI_EXIT_CODES.error));
  // An exit code that is not in `WORST_FIRST` also means an error.
  const unknown = codes.find((code) => code !== CI_EXIT_CODES.clean && !WORST_FIRST.includes(code));
  return WORST_FIRST.find((code) => codes.includes(code)) ?? unknown ?? CI_EXIT_CODES.clean;
}

/** Returns the JSON for all stacks. Each `report` is what `--json` writes for one stack. */
export function allJson(all: AllResult): AllReport {
  const { operation, since, outcomes, untouched, unreviewed } = all;
  const about = ({ project, stack }: Target) => ({ folder: project.folder, project: project.name, stack });
  return {
    version: 1,
    // The operation is never `destroy`, because `ci destroy` does not have `--all`.
    command: operation as AllReport["command"],
    since: since ?? null,
    exitCode: exitCodeOf(all),
    error: all.error ?? null,
    stacks: outcomes.map((one) => {
      const isEnded = one.kind === "ended";
      return {
        ...about(one.item),
        exitCode: isEnded ? one.result.exitCode : null,
        reason: isEnded ? null : one.reason,
        report: isEnded ? one.result.report : null,
      };
    }),
    untouched: untouched.map(about),
    unreviewed: unreviewed.map(about),
  };
}
