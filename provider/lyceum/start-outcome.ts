import type { CallResult } from "./http/caller";
import { isTransientFailure } from "./http/caller";
import { asksForSameRequest, mayBePassedOn } from "./http/retry";
import type { StartedRun, StartOutcome } from "./port";

/** Seconds before a start that surely did not happen may be tried again, when the service did not say. */
export const START_AGAIN_AFTER_SECONDS = { tooManyRequests: 5, neverLeft: 2 } as const;

/**
 * What a start's only attempt means. "Refused" is a promise that no run exists: the request never left, or the service said no with a
 * status that is the client's error, or asked for the same request at another address. Everything else may have started a run, another
 * redirect and a 5xx included.
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
