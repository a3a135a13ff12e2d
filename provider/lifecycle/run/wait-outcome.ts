import { kindOf, type StatusFacts, type StatusKind } from "../../lyceum/answers/status";
import type { WaitFor } from "./inputs";

/** Whether an observed run has reached `waitFor`, missed it, or may still reach it. */
export type WaitOutcome = "reached" | "fell-short" | "wait";

/**
 * The outcome for each kind of run and each `waitFor` (the table of `docs/explanation/lifecycle.md`). `completed`
 * reaches every desired state, even if the provider never observed the run as running. No other end reaches a desired
 * state.
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

/**
 * Returns the outcome from the table `WAIT_OUTCOMES`. A run with the status `completed` and an exit code other than 0
 * counts as failed.
 */
export function waitOutcome(waitFor: WaitFor, run: StatusFacts): WaitOutcome {
  return WAIT_OUTCOMES[kindOf(run)][waitFor];
}
