import { standingOf } from "../end/messages";
import type { ExecutionOutputs } from "../run/record/record";

/**
 * Returns the lines that a refresh prints about a run. The engine itself does not show the end of a run.
 *
 * @param recorded the outputs in the state
 * @param shown the outputs that the refresh has read
 */
export function refreshLines(recorded: ExecutionOutputs, shown: ExecutionOutputs): readonly string[] {
  const [before, now] = [standingOf(recorded), standingOf(shown)];
  return before === now ? [] : [`Run ${shown.executionId}: ${before} → ${now}`];
}
