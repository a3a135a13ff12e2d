import { hasEnded, kindOf, type StatusFacts } from "./answers/status";
import { isRefusedForGood } from "./capability";
import { LyceumError } from "./errors";
import type { AbortAnswer, Lookup } from "./port";

/**
 * What the answer to an abort means. None of them proves that the run has ended.
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

/** Failures before one byte of the request has left. */
const UNSENT: ReadonlySet<string> = new Set(["LYC1112", "LYC1201", "LYC1202", "LYC1205"]);

/** What an abort came to. Throws nothing but errors of our own. */
export async function abortOutcome(sent: Promise<Lookup<AbortAnswer>>): Promise<AbortOutcome> {
  try {
    const answer = await sent;
    return answer.kind === "found" ? { kind: "noted" } : { kind: "missing", error: answer.error };
  } catch (error) {
    if (!LyceumError.isInstance(error)) throw error;
    if (UNSENT.has(error.code)) return { kind: "unsent", error };
    // A page in place of an answer may stand for one.
    return { kind: error.code !== "LYC1111" && isRefusedForGood(error) ? "refused" : "unclear", error };
  }
}

/**
 * What one look at an aborted run has shown. `missing`: Lyceum answers 404. `hidden`: it refuses every call that would show the run.
 * `nothing`: the look decides nothing.
 */
export type SeenRun = "ended" | "stopping" | "active" | "missing" | "hidden" | "nothing";

/** What a look has shown whose answer has a status. */
export function seenRun(run: StatusFacts): SeenRun {
  if (hasEnded(run)) return "ended";
  return kindOf(run) === "stopping" ? "stopping" : "active";
}

/** What is known of an abort when the run is looked at. */
export interface AbortFacts {
  readonly seen: SeenRun;
  /** Looks since the last answer, or since it was sent where it has none, with this one. */
  readonly looks: number;
  /** The answer to the abort that was sent last; undefined while there is none. */
  readonly answer: AbortOutcome["kind"] | undefined;
  /** Whether an abort was noted, or the run was seen stopping: then it is on its way to its end. */
  readonly isAccepted: boolean;
  /** How often the abort was sent. */
  readonly sends: number;
  /** Seconds since the last answer, or since it was sent where it has none. */
  readonly seconds: number;
  /** Seconds that the last answer asks to wait. */
  readonly retryAfterSeconds: number;
}

/** What to do after a look. */
export type AbortStep = "ended" | "wait" | "send" | "refused" | "unknown";

/** The abort is sent at most so often. */
export const MOST_SENDS = 5;
/** Before it is sent again, an abort without a clear answer has so long to take effect. Seconds, by the times it was sent. */
const PAUSES: readonly number[] = [1, 3, 10, 30];
/** So long an abort may be without an answer until another one is sent. Seconds. */
const LATE_SECONDS = 30;
/** The first look after an answer may have been asked for before it. */
const LOOKS = 2;

/**
 * What follows from a look at a run whose abort was sent.
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
 * All but an end counts from the second look after the answer on.
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
