import { standingOf } from "../end/messages";
import type { ExecutionOutputs } from "../run/record/record";

type Line = (recorded: ExecutionOutputs, shown: ExecutionOutputs) => string | undefined;

/** Each line that a refresh can print about a run. A function returns undefined if its line does not apply. */
export const REFRESH_LINES = {
  status(recorded, shown) {
    const [before, now] = [standingOf(recorded), standingOf(shown)];
    return before === now ? undefined : `Run ${shown.executionId}: ${before} → ${now}`;
  },
} as const satisfies Readonly<Record<string, Line>>;

/**
 * Returns the lines that a refresh prints about a run. The engine itself does not show the end of a run.
 *
 * @param recorded the outputs in the state
 * @param shown the outputs that the refresh has read
 */
export function refreshLines(recorded: ExecutionOutputs, shown: ExecutionOutputs): readonly string[] {
  return Object.values<Line>(REFRESH_LINES).flatMap((line) => line(recorded, shown) ?? []);
}
