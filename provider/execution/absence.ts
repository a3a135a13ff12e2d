import type { Observation } from "./observe";
import type { Clock } from "./ports";

/** Lists may lag by 10 s. Seconds. */
const SHORTEST_SECONDS = 30;

/**
 * Watches whether a run stays off the list of active runs, where that is the only call that works. One absence is no proof: lists
 * lag, and may leave out runs that are being stopped.
 *
 * @param abort when the run was aborted (milliseconds since the epoch), and its grace period (seconds), within which it may still
 * be on its way to its end.
 * @returns whether the run has ended: its grace period is over, and it has been off the list for 30 s without a break. Whatever else
 * is observed is a break.
 */
export function watchAbsence(
  clock: Pick<Clock, "now">,
  { abortedAt, graceSeconds }: { readonly abortedAt: number; readonly graceSeconds: number },
): (observation: Observation) => boolean {
  let since: number | undefined;
  return (observation) => {
    if (observation.kind !== "unlisted") {
      since = undefined;
      return false;
    }
    since ??= clock.now();
    return clock.now() >= Math.max(since + SHORTEST_SECONDS * 1000, abortedAt + graceSeconds * 1000);
  };
}
