import { classifyStatus, isEndKind, kindOf } from "../../../provider/lyceum/answers/status";
import type { ObservedRecord } from "../../../provider/reads";
import type { RecordedExecution } from "../stack/state";

/** The kinds of drift. */
export type DriftKind =
  | "active"
  | "ended as expected"
  | "ended at its timeout"
  | "failed"
  | "aborted elsewhere"
  | "lost"
  | "forgotten"
  | "changed outside"
  | "deleted outside"
  | "not known";

/**
 * The section of a row.
 *
 * - `drift`: something changed after the state was written; exit code 2
 * - `known`: the state already records the change, so an apply or a refresh has reported it
 * - `none`: everything is as it should be
 * - `error`: the drift is not known
 */
export type DriftSection = "drift" | "known" | "none" | "error";

/**
 * The section in which `ci drift` lists each kind of drift. If the state already records the drift of a run, its
 * section is `known` instead of `drift`.
 */
export const DRIFT: Readonly<Record<DriftKind, "none" | "drift" | "error">> = {
  active: "none",
  "ended as expected": "none",
  "ended at its timeout": "none",
  failed: "drift",
  "aborted elsewhere": "drift",
  lost: "drift",
  forgotten: "none",
  "changed outside": "drift",
  "deleted outside": "drift",
  "not known": "error",
};

/**
 * Returns the section of a run, from its observed and its recorded state.
 *
 * | kind of the observed state | kind of the recorded state | section |
 * |---|---|---|
 * | not known | | error |
 * | active, ended as expected, ended at its timeout, forgotten | | none |
 * | failed, aborted elsewhere, lost | another kind, such as active | drift |
 * | failed, aborted elsewhere, lost | the same | known |
 *
 * Without `known`, a run that has failed once would be drift for ever, and would hide the next failure.
 */
export function sectionOf(
  observed: ObservedRecord,
  execution: Pick<RecordedExecution, "waitFor" | "outputs">,
): DriftSection {
  const kind = driftOf(observed, execution);
  if (DRIFT[kind] !== "drift") return DRIFT[kind];
  const recorded = driftOf({ kind: "recorded", outputs: execution.outputs }, execution);
  return recorded === kind ? "known" : "drift";
}

/** The status of a run that ended at its own `timeout`. */
const TIMEOUT = "timeout";

/**
 * Returns the kind of drift of a run, from its recorded and its observed state.
 *
 * | observed | kind |
 * |---|---|
 * | no answer from Lyceum, or the run belongs to another base URL | not known |
 * | completed, with exit code 0 or without one | ended as expected |
 * | ended by its own `timeout` after it had reached its `waitFor`, which is not "completed" | ended at its timeout |
 * | failed, or completed with another exit code | failed |
 * | aborted, or being stopped | aborted elsewhere: a run that the stack itself aborts leaves the state |
 * | 404 before all its time limits have passed | lost |
 * | 404 after all its time limits, and `waitFor` is "completed" | lost |
 * | 404 after all its time limits, and `waitFor` is not "completed" | forgotten |
 * | anything else | active |
 */
export function driftOf(
  observed: ObservedRecord,
  { waitFor, outputs: recorded }: Pick<RecordedExecution, "waitFor" | "outputs">,
): DriftKind {
  if (observed.kind === "elsewhere" || observed.kind === "unreadable") return "not known";
  const { outputs } = observed;
  const kind = kindOf(outputs);
  const hasReached = waitFor === "accepted" || (waitFor === "running" && hasRun(recorded, outputs));
  if (hasReached && outputs.status.trim().toLowerCase() === TIMEOUT) return "ended at its timeout";
  if (isEndKind(kind))
    return ({ completed: "ended as expected", failed: "failed", aborted: "aborted elsewhere" } as const)[kind];
  if (outputs.missing === "lost") return "lost";
  if (outputs.missing === "forgotten") return waitFor === "completed" ? "lost" : "forgotten";
  return classifyStatus(outputs.status) === "stopping" ? "aborted elsewhere" : "active";
}

/** Returns whether one of the outputs shows that the run was running at any time. */
function hasRun(...outputs: readonly RecordedExecution["outputs"][]): boolean {
  return outputs.some(({ status, startedAt }) => startedAt !== undefined || classifyStatus(status) === "running");
}
