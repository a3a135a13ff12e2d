import { hasEnded, isBareEnd } from "../../../lyceum/answers/status";
import { READ_SECONDS } from "../../../lyceum/operations";
import { LISTS_LAG_SECONDS } from "../../account/find-unclear";
import type { StartEffects } from "../../process/context";
import type { ExecutionOutputs } from "../../run/record/record";
import { bounded } from "../../watch/deadline";
import { afterAnotherRead, observeOnce } from "../../watch/observe";

/** Seconds between two checks of whether a run has ended. */
const CHECK_SECONDS = 3;
/** How far back the history is read, in seconds. This is enough, because the run failed a moment ago. */
const REACH_BACK_SECONDS = 3600;

/**
 * Whether a failed run has certainly ended, so that another run may start. Reads the run and the list of active runs
 * again, for up to 30 s, because the list may show the end later than the run itself. In doubt, returns false, because
 * the provider cannot take back a start. The first row that matches counts.
 *
 * | the run, read again | the list of active runs                        | certain |
 * |---------------------|------------------------------------------------|---------|
 * | active              | any                                            | no |
 * | unclear             | any                                            | no |
 * | ended               | the list or the history is incomplete or refused, and only a status word shows the end | no |
 * | ended               | lacks the run, or shows it with an ended status | yes |
 * | ended               | shows the run as active for 30 s               | no |
 */
export async function hasCertainlyEnded(
  { client, clock, sharedSnapshot }: StartEffects,
  run: ExecutionOutputs,
  cancel: AbortSignal | undefined,
): Promise<boolean> {
  const until = clock.now() + LISTS_LAG_SECONDS * 1000;
  const { executionId: id } = run;
  try {
    while (cancel?.aborted !== true) {
      const observed = await bounded(clock, READ_SECONDS, (signal) => observeOnce(client, id, { signal }));
      if (afterAnotherRead(run, observed) !== "ended") break;
      const { active, gaps } = await sharedSnapshot.read({ notBefore: clock.now(), reachBack: REACH_BACK_SECONDS });
      if (gaps.length > 0 && isBareEnd(run)) break;
      const listed = active.find(({ executionId }) => executionId === id);
      if (listed === undefined || hasEnded(listed)) return true;
      if (clock.now() >= until) break;
      await clock.sleep(CHECK_SECONDS, cancel);
    }
  } catch {
    // If a request fails, the end of the run is not certain.
  }
  return false;
}
