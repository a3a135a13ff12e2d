import { isEndKind, kindOf, type StatusFacts } from "../../lyceum/answers/status";
import type { WaitFor } from "./inputs";

/** Whether a run, seen with a status, is where `waitFor` wants it. */
export type WaitOutcome = "reached" | "fell-short" | "wait";

/**
 * The table of `waitFor` against what is seen. An end that is not ok reaches
 * no desired state; an end that is ok reaches every one, however fast it came, so that the outcome does not hang on how
 * often one looks.
 *
 * | seen            | accepted   | running    | completed  |
 * |-----------------|------------|------------|------------|
 * | waiting         | reached    | wait       | wait       |
 * | running         | reached    | reached    | wait       |
 * | stopping        | reached    | wait       | wait       |
 * | completed       | reached    | reached    | reached    |
 * | failed, aborted | fell-short | fell-short | fell-short |
 * | unknown word    | reached    | wait       | wait       |
 *
 * `completed` with an exit code other than 0 has failed.
 */
export function waitOutcome(waitFor: WaitFor, run: StatusFacts): WaitOutcome {
  const kind = kindOf(run);
  if (kind === "completed") return "reached";
  if (isEndKind(kind)) return "fell-short";
  if (waitFor === "accepted") return "reached";
  return waitFor === "running" && kind === "running" ? "reached" : "wait";
}
