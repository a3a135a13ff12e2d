/** The result of a failed attempt of a call, for the decision about a retry. */
export type AttemptOutcome =
  /** Lyceum answered with a status that means a failure. `retryAfterSeconds` is the wait that Lyceum asked for. */
  | { readonly kind: "status"; readonly status: number; readonly retryAfterSeconds?: number | undefined }
  /** Lyceum answered 2xx with a body that cannot be read. Such a body is often a page of a gateway. */
  | { readonly kind: "unreadable" }
  /**
   * There is no complete answer. `passing` is true if a retry may succeed. It is false after a certificate error, a
   * refusal by the proxy, a cancellation, or an answer that is too large.
   */
  | { readonly kind: "failure"; readonly passing: boolean };

/** What to do after a failed attempt of a call: send the call again after a delay, or give up. */
export type NextAttempt = { readonly kind: "retry"; readonly delaySeconds: number } | { readonly kind: "give-up" };

/** Limits of the attempts of one call. All times are in seconds. */
export const RETRY_LIMITS = {
  /** The largest number of attempts, including the first attempt. */
  attempts: 5,
  firstDelay: 0.5,
  longestDelay: 8,
  /** The longest `Retry-After` that a call waits for. If `Retry-After` is longer, the call fails at once. */
  longestRetryAfter: 30,
  /** The longest time from the start of the first attempt to the start of the last attempt. */
  elapsed: 90,
} as const;

/** HTTP statuses below 500 after which another attempt may succeed. `start-outcome.ts` decides about starts. */
const PASSING_STATUS = new Set([408, 425, 429]);
/** Statuses of 500 and above after which another attempt to send the request would fail too. */
const LASTING_STATUS = new Set([501, 505]);

/**
 * Decides whether a call is sent again, and after how many seconds. Without `Retry-After`, the delay doubles with
 * each attempt up to `longestDelay`. A random factor between a half and one spreads calls that failed at the same time.
 */
export function nextAttempt(state: {
  /** The number of attempts so far, at least 1. */
  readonly attempt: number;
  readonly outcome: AttemptOutcome;
  /** Whether sending the request twice is harmless. */
  readonly idempotent: boolean;
  /** The largest number of attempts, including the first one. Default: `RETRY_LIMITS.attempts`. */
  readonly attempts?: number | undefined;
  /** Seconds since the first attempt began. */
  readonly elapsed: number;
  /** From 0 (included) to 1 (excluded). */
  readonly random: number;
}): NextAttempt {
  const noRetry = { kind: "give-up" } as const;
  if (!state.idempotent || !isPassing(state.outcome)) return noRetry;
  if (state.attempt >= (state.attempts ?? RETRY_LIMITS.attempts)) return noRetry;

  const backoff = Math.min(RETRY_LIMITS.longestDelay, RETRY_LIMITS.firstDelay * 2 ** (state.attempt - 1));
  const jittered = backoff * (0.5 + state.random / 2);
  const asked = state.outcome.kind === "status" ? (state.outcome.retryAfterSeconds ?? 0) : 0;
  if (asked > RETRY_LIMITS.longestRetryAfter) return noRetry;

  // The random delay is added to `Retry-After`, because the next attempt must not come earlier than Lyceum asked for.
  const delaySeconds = asked > 0 ? asked + state.random * RETRY_LIMITS.firstDelay : jittered;
  return state.elapsed + delaySeconds > RETRY_LIMITS.elapsed ? noRetry : { kind: "retry", delaySeconds };
}

function isPassing(outcome: AttemptOutcome): boolean {
  switch (outcome.kind) {
    case "failure":
      return outcome.passing;
    case "unreadable":
      return true;
    case "status":
      return PASSING_STATUS.has(outcome.status) || (outcome.status >= 500 && !LASTING_STATUS.has(outcome.status));
  }
}

/**
 * Returns the seconds in a `Retry-After` header, which contains a number or an HTTP date. `now` is in milliseconds
 * since the epoch.
 */
export function parseRetryAfter(header: string | undefined, now: number): number | undefined {
  const text = header?.trim() ?? "";
  if (/^\d{1,9}(\.\d+)?$/.test(text)) return Number(text);
  // Accepts only text that looks like a date, because Date.parse also accepts texts such as "5 minutes".
  if (!/^[A-Z][a-z]+, .*\d{4}|GMT$/.test(text)) return undefined;
  const at = Date.parse(text);
  return Number.isNaN(at) ? undefined : Math.max(0, Math.ceil((at - now) / 1000));
}

/** Statuses from 400 to 499 that a gateway may send after it has passed the request on to Lyceum. */
const PASSED_ON: ReadonlySet<number | undefined> = new Set([408, 409, 425, 499]);

/** Returns true if the request may have been carried out although the answer has this status. */
export function mayBePassedOn(status: number | undefined): boolean {
  return PASSED_ON.has(status);
}

/**
 * Returns true if a redirect proves that the request was not carried out. 307 and 308 ask the client to send the same
 * request to another address (RFC 9110, 15.4). After 303, the request may have been carried out. The same is true for
 * 301 and 302, which older servers use like 303.
 */
export function asksForSameRequest(status: number | undefined): boolean {
  return status === 307 || status === 308;
}
