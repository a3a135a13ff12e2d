import type { ExecutionOutputs } from "./outputs";
import type { Seen } from "./record";

/** Exit code of a process that was killed by SIGKILL. */
const KILLED = 137;

/**
 * Whether the grace sufficed, for the row of a deleted run. It did not when the run was killed; that line stays, since
 * somebody should give it more or mend how it stops.
 */
export function stopReport(
  recorded: Pick<ExecutionOutputs, "executionId" | "gracefulTimeout">,
  end: Seen,
  abortedAt: number,
  now: number,
): { readonly message: string; readonly lasting: boolean } {
  const endedAt = Date.parse(end.endedAt ?? "");
  const took = Math.max(0, Math.round(((Number.isNaN(endedAt) ? now : Math.min(endedAt, now)) - abortedAt) / 1000));
  const run = `Run ${recorded.executionId} ended ${end.status} ${took} s after its abort`;
  if (recorded.gracefulTimeout === undefined) return { message: `${run}.`, lasting: false };
  if (end.returnCode === KILLED) {
    return {
      message: `${run}: its grace of ${recorded.gracefulTimeout} s did not suffice, and it was killed.`,
      lasting: true,
    };
  }
  return { message: `${run}, within its grace of ${recorded.gracefulTimeout} s.`, lasting: false };
}
