import type { CallResult } from "./http/caller";
import { isTransientFailure } from "./http/caller";
import { asksForSameRequest, mayBePassedOn } from "./http/retry";
import type { StartedRun, StartOutcome } from "./port";

/**
 * Seconds until a start is tried again. `tooManyRequests`: after a 429 without `Retry-After`. `neverLeft`: after a
 * request that was not sent.
 */
export const START_AGAIN_AFTER_SECONDS = { tooManyRequests: 5, neverLeft: 2 } as const;

/**
 * Returns the outcome of a start from the result of its only attempt. `refused` guarantees that no run exists. A start
 * is refused in these cases:
 *
 * - the request was never sent
 * - Lyceum answered 4xx, except 408, 409, 425 and 499 ({@link mayBePassedOn})
 * - Lyceum answered with the redirect 307 or 308
 *
 * For every other error, such as 5xx or another redirect, the outcome is `unknown`, because a run may exist.
 */
export function startOutcome(result: CallResult<StartedRun>): StartOutcome {
  switch (result.kind) {
    case "value":
      return { kind: "started", ...result.value };
    case "unreadable":
      return { kind: "unknown", error: result.error };
    case "failure":
      if (result.sent) return { kind: "unknown", error: result.error };
      return isTransientFailure(result.failure)
        ? { kind: "refused", error: result.error, retryAfterSeconds: START_AGAIN_AFTER_SECONDS.neverLeft }
        : { kind: "refused", error: result.error };
    case "answer": {
      const { status, retryAfterSeconds } = result.answer;
      if (status === 429) {
        const wait = retryAfterSeconds ?? START_AGAIN_AFTER_SECONDS.tooManyRequests;
        return { kind: "refused", error: result.error, retryAfterSeconds: Math.max(1, wait) };
      }
      const refused = (status >= 400 && status < 500 && !mayBePassedOn(status)) || asksForSameRequest(status);
      return { kind: refused ? "refused" : "unknown", error: result.error };
    }
  }
}
