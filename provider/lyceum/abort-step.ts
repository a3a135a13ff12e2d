import { hasEnded, kindOf, type StatusFacts } from "./answers/status";
import { isRefusedForGood } from "./capability";
import { LyceumError } from "./errors";
import type { AbortAnswer, Lookup } from "./port";

/**
 * The meaning of the answer to an abort. An answer of any kind does not prove that the run has ended.
 *
 * | answer                                                  | outcome |
 * |---------------------------------------------------------|---------|
 * | 2xx with JSON, or with an empty body                    | `noted`: Lyceum has accepted the abort |
 * | 404                                                     | `missing`: the run is unknown, or it has ended |
 * | 400, 401, 403, 405, 406, 410, 415, 422, 501, a redirect | `refused`: not carried out; another abort would be refused too |
 * | the abort could not be sent                             | `unsent` |
 * | no answer arrived, a cut connection, an HTML page, 402, 408, 409, 412, 423, 425, 429, 5xx, anything else | `unclear`: perhaps carried out |
 */
export type AbortOutcome =
  | { readonly kind: "noted" }
  | { readonly kind: "missing" | "refused" | "unsent" | "unclear"; readonly error: LyceumError };

/** Error codes of failures in which no byte of the request was sent. */
const UNSENT: ReadonlySet<string> = new Set(["LYC1112", "LYC1201", "LYC1202", "LYC1205"]);

/**
 * Converts the answer to an abort request to the outcome of the abort. Throws only errors that are not a `LyceumError`.
 */
export async function abortOutcome(sent: Promise<Lookup<AbortAnswer>>): Promise<AbortOutcome> {
  try {
    const answer = await sent;
    return answer.kind === "found" ? { kind: "noted" } : { kind: "missing", error: answer.error };
  } catch (error) {
    if (!LyceumError.isInstance(error)) throw error;
    if (UNSENT.has(error.code)) return { kind: "unsent", error };
    // `LYC1111` means that the answer is not Lyceum's JSON. It may be the page of a gateway, so the abort is unclear.
    return { kind: error.code !== "LYC1111" && isRefusedForGood(error) ? "refused" : "unclear", error };
  }
}

/**
 * What one observation of an aborted run shows. `missing`: Lyceum answers 404. `hidden`: Lyceum refuses all calls that
 * could show the run. `nothing`: the observation shows nothing about the run.
 */
export type SeenRun = "ended" | "stopping" | "active" | "missing" | "hidden" | "nothing";

/** Converts the status facts of an aborted run to an observation. */
export function seenRun(run: StatusFacts): SeenRun {
  if (hasEnded(run)) return "ended";
  return kindOf(run) === "stopping" ? "stopping" : "active";
}

/** The facts about an abort and its run, at the moment at which the run is observed. */
export interface AbortFacts {
  readonly seen: SeenRun;
  /**
   * The number of observations since the last answer, including the current observation. If no answer has arrived, the
   * count begins when the abort is sent.
   */
  readonly looks: number;
  /** The answer to the last abort. Undefined until an answer has arrived. */
  readonly answer: AbortOutcome["kind"] | undefined;
  /**
   * Whether Lyceum accepted an abort, or an observation showed that the run is stopping. In both cases no other abort
   * is sent.
   */
  readonly isAccepted: boolean;
  /** How many times the abort was sent. */
  readonly sends: number;
  /** Seconds since the answer to the last abort. Until an answer has arrived, seconds since the last abort was sent. */
  readonly seconds: number;
  /** Seconds that the last answer asks the client to wait. */
  readonly retryAfterSeconds: number;
}

/** The next step after an observation: `send` sends the abort again, and `wait` only continues to observe. */
export type AbortStep = "ended" | "wait" | "send" | "refused" | "unknown";

/** The largest number of times that the abort of a run is sent. */
export const MOST_SENDS = 5;
/**
 * Seconds between the answer to an abort and the next abort: the first number after the first abort, and so on. In the
 * pause, an abort with an unclear answer may still take effect.
 */
const PAUSES: readonly number[] = [1, 3, 10, 30];
/** If no answer arrives within this number of seconds, the abort is sent again. */
const LATE_SECONDS = 30;
/**
 * The next step needs this number of observations after an answer. The first one may have been requested before the
 * answer arrived, so it may be out of date.
 */
const LOOKS = 2;

/**
 * Decides the next step after an observation of a run whose abort was sent. The first row that fits decides.
 *
 * | the observation                              | the last answer      | next step |
 * |----------------------------------------------|----------------------|-----------|
 * | ended                                        | any                  | ended |
 * | any, after an accepted abort or a `stopping` | any                  | wait |
 * | the first one after an answer                | any                  | wait |
 * | missing                                      | 404, refused         | unknown: the caller decides with lists and time limits |
 * | active                                       | refused              | refused |
 * | active                                       | none for 30 s        | send again, up to five times in all |
 * | active                                       | unclear, unsent, 404 | send again after a pause, up to five times in all |
 * | anything else                                | any                  | wait |
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
