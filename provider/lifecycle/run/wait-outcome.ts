import { kindOf, type StatusFacts, type StatusKind } from "../../lyceum/answers/status";
import type { WaitFor } from "./inputs";

/** Whether a run, seen with a status, is where `waitFor` wants it. */
export type WaitOutcome = "reached" | "fell-short" | "wait";

/**
 * The table of `waitFor` against what is seen; `docs/explanation/lifecycle.md` shows it. An end that is not ok reaches no desired state.
 * An end that is ok reaches every one, so the outcome does not depend on how often one looks.
 */
export const WAIT_OUTCOMES: Readonly<Record<StatusKind, Readonly<Record<WaitFor, WaitOutcome>>>> = {
  waiting: { accepted: "reached", running: "wait", completed: "wait" },
  running: { accepted: "reached", running: "reached", completed: "wait" },
  stopping: { accepted: "reached", running: "wait", completed: "wait" },
  completed: { accepted: "reached", running: "reached", completed: "reached" },
  failed: { accepted: "fell-short", running: "fell-short", completed: "fell-short" },
  aborted: { accepted: "fell-short", running: "fell-short", completed: "fell-short" },
  unknown: { accepted: "reached", running: "wait", completed: "wait" },
};

/** Looks a run up in the table. `completed` with an exit code other than 0 has failed. */
export function waitOutcome(waitFor: WaitFor, run: StatusFacts): WaitOutcome {
  return WAIT_OUTCOMES[kindOf(run)][waitFor];
}
