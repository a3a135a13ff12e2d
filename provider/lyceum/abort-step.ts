import { hasEnded, kindOf, type StatusFacts } from "./answers/status";
import { isRefusedForGood } from "./capability";
import { LyceumError } from "./errors";
import type { AbortAnswer, Lookup } from "./port";

/**
 * What the answer to an abort means. No answer proves that the run has ended.
 *
 * | answer                                                  | outcome |
 * |---------------------------------------------------------|---------|
 * | 2xx with JSON, or with an empty body                    | noted: Lyceum has accepted the abort |
 * | 404                                                     | missing: the run is unknown, or it has ended |
 * | 400, 401, 403, 405, 406, 410, 415, 422, 501, a redirect | refused: not carried out, and not next time either |
 * | it could not be sent                                    | unsent |
 * | no answer, a cut connection, a page, 402, 408, 409, 412, 423, 425, 429, 5xx, anything else | unclear: perhaps carried out |
 */
export type AbortOutcome =
  | { readonly kind: "noted" }
  | { readonly kind: "missing" | "refused" | "unsent" | "unclear"; readonly error: LyceumError };

/** Failures that happen before one byte of the request has left. */
const UNSENT: ReadonlySet<string> = new Set(["LYC1112", "LYC1201", "LYC1202", "LYC1205"]);

/** Turns the answer of an abort into its outcome. Throws only errors of this package's own code. */
export async function abortOutcome(sent: Promise<Lookup<AbortAnswer>>): Promise<AbortOutcome> {
  try {
    const answer = await sent;
    return answer.kind === "found" ? { kind: "noted" } : { kind: "missing", error: answer.error };
  } catch (error) {
    if (!LyceumError.isInstance(error)) throw error;
    if (UNSENT.has(error.code)) return { kind: "unsent", error };
    // A gateway may have put a page in place of an answer.
    return { kind: error.code !== "LYC1111" && isRefusedForGood(error) ? "refused" : "unclear", error };
  }
}

/**
 * What one observation of an aborted run shows. `missing`: Lyceum answers 404. `hidden`: it refuses every call that
 * would show the run. `nothing`: the observation decides nothing.
 */
export type SeenRun = "ended" | "stopping" | "active" | "missing" | "hidden" | "nothing";

/** What an answer with a status shows. */
export function seenRun(run: StatusFacts): SeenRun {
  if (hasEnded(run)) return "ended";
  return kindOf(run) === "stopping" ? "stopping" : "active";
}

/** What is known of an abort when its run is observed. */
export interface AbortFacts {
  readonly seen: SeenRun;
  /**
   * Observations since the last answer, this one included. Without an answer, they count from when the abort was sent.
   */
  readonly looks: number;
  /** The answer to the abort that was sent last; undefined while there is none. */
  readonly answer: AbortOutcome["kind"] | undefined;
  /** Whether Lyceum noted an abort, or the run was seen stopping. Such a run ends by itself. */
  readonly isAccepted: boolean;
  /** How often the abort was sent. */
  readonly sends: number;
  /** Seconds since the last answer. Without an answer, they count from when the abort was sent. */
  readonly seconds: number;
  /** Seconds that the last answer asks to wait. */
  readonly retryAfterSeconds: number;
}

/** What to do after an observation. */
export type AbortStep = "ended" | "wait" | "send" | "refused" | "unknown";

/** How often an abort is sent at most. */
export const MOST_SENDS = 5;
/**
 * Seconds before the abort is sent again, by how often it was sent: without a clear answer it may still take effect.
 */
const PAUSES: readonly number[] = [1, 3, 10, 30];
/** Seconds without an answer after which the abort is sent again. */
const LATE_SECONDS = 30;
/**
 * The request of the first observation after an answer may have left before the answer came. So the second one counts.
 */
const LOOKS = 2;

/**
 * What to do after an observation of a run whose abort was sent.
 *
 * | seen              | answer                 | then |
 * |-------------------|------------------------|------|
 * | ended             | any                    | ended |
 * | any               | accepted, now or before | wait |
 * | stopping          | any                    | wait: it counts as accepted from now on |
 * | active            | none                   | sent again, where the answer is 30 s late |
 * | active            | unclear, unsent, 404   | sent again after a pause, up to five times in all |
 * | active            | refused                | refused |
 * | missing           | 404, refused           | unknown: lists and time limits decide |
 * | anything else     | any                    | wait |
 *
 * An end counts at once, everything else from the second observation after the answer.
 */
export function nextAbortStep(facts: AbortFacts): AbortStep {
  const { seen, looks, answer, isAccepted, sends, seconds, retryAfterSeconds } = facts;
  if (seen === "ended") return "ended";
  if (isAccepted || looks < LOOKS) return "wait";
  if (seen === "missing") return answer === "missing" || answer === "refused" ? "unknown" : "wait";
  if (seen !== "active") return "wait";
  if (answer === "refused") return "refused";
  if (sends >= MOST_SENDS) return "wait";
  const pause = answer === undefined ? LATE_SECONDS : Math.max(PAUSES[sends - 1] ?? LATE_SECONDS, retryAfterSeconds);
  return seconds >= pause ? "send" : "wait";
}
