import { answerInWords, isRefusedForGood } from "../capability";
import { nameOfOperation } from "../operations";
import type { Answers, Recorded } from "./answers";

/** The result of a probe for one assumption. `shown` and `why` contain no texts from Lyceum, except status words. */
export type Finding =
  | { readonly result: "confirmed" }
  | { readonly result: "different" | "refused"; readonly shown: string }
  | { readonly result: "not tried"; readonly why: string };

/** The finding that Lyceum answers differently than assumed. */
export function different(shown: string): Finding {
  return { result: "different", shown };
}

/**
 * Returns the finding for a fact that the probe could not test: it did not make the call, or the answer proves nothing.
 */
export function notTried(why: string): Finding {
  return { result: "not tried", why };
}

const CONFIRMED: Finding = { result: "confirmed" };
const NOT_REACHED = notTried("the probe did not come this far");

/** Returns `confirmed` if `holds` is true. Otherwise returns `different`, with Lyceum's answer in `shown`. */
export function expect(holds: boolean, shown: string): Finding {
  return holds ? CONFIRMED : different(shown);
}

/** Evaluates whether a call works, whatever its answer contains. */
export function works(recorded: Recorded | undefined): Finding {
  return ofValue(recorded, () => CONFIRMED);
}

/**
 * Evaluates the value that the client read from an answer. If Lyceum permanently refused the call, the finding is
 * `refused`. If the call failed for another reason, or was not made, the finding is `not tried`.
 */
export function ofValue<T>(recorded: Recorded<T> | undefined, evaluate: (value: T) => Finding): Finding {
  if (recorded === undefined) return NOT_REACHED;
  if (recorded.kind === "value") return evaluate(recorded.value);
  const { operation, error } = recorded;
  if (isRefusedForGood(error)) return { result: "refused", shown: answerInWords(error) };
  return notTried(`${nameOfOperation(operation)} ${answerInWords(error)}, which decides nothing`);
}

/** Evaluates whether Lyceum answers 404 for an unknown id. */
export function answers404(recorded: Recorded | undefined): Finding {
  if (recorded?.kind === "error" && recorded.error.status === 404) return CONFIRMED;
  return ofValue(recorded, () => different("answered with success"));
}

/**
 * Returns the entry of the probe's run in a recorded list of runs. Returns undefined if the list does not show this
 * run.
 */
export function entryOf(recorded: Answers["history"], { run }: Answers) {
  return recorded?.kind === "value"
    ? recorded.value.executions.find(({ executionId }) => executionId === run.id)
    : undefined;
}

/** Evaluates whether a list shows the probe's run. */
export function shows(recorded: Answers["history"], answers: Answers): Finding {
  if (answers.run.id === undefined) return notTried("no run was started");
  return ofValue(recorded, () => expect(entryOf(recorded, answers) !== undefined, "the run is not on it"));
}

/** Evaluates whether a list shows the probe's run with the file name that was sent. */
export function showsFileName(recorded: Answers["history"], answers: Answers): Finding {
  return ofValue(recorded, () => {
    const entry = entryOf(recorded, answers);
    if (entry === undefined) return notTried("the run is not on it");
    if (entry.fileName === undefined) return different("there is no file name");
    return expect(entry.fileName === answers.run.fileName, "it is another file name than the one sent");
  });
}
