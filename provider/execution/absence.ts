import type { Observation } from "./observe";
import type { Clock } from "./ports";

/** Lists may lag by 10 s. Seconds. */
const SHORTEST_SECONDS = 30;

/**
 * Watches whether a run stays off the list of active runs, where that is the only call that works. One absence is no proof: lists
 * lag, and may leave out runs that are being stopped.
 *
 * @param graceSeconds the grace period of the run, for which it may be on its way to its end.
 * @returns whether the run has been off the list for so long, without a break, that it has ended.
 */
export function watchAbsence(clock: Pick<Clock, "now">, graceSeconds: number): (observation: Observation) => boolean {
  const enough = Math.max(SHORTEST_SECONDS, graceSeconds) * 1000;
  let since: number | undefined;
  return (observation) => {
    if (observation.kind === "status") since = undefined;
    if (observation.kind !== "unlisted") return false;
    since ??= clock.now();
    return clock.now() - since >= enough;
  };
}
