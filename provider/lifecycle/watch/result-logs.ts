import type { ExecutionInputs } from "../run/inputs";
import type { ExecutionOutputs } from "../run/record/record";

/** The first word of a line of output that reports a result. */
const RESULT_MARKER = "lyceum-result";

/**
 * Calls `ask` to read the log of a completed run whose record has no output, because the log may contain results.
 * Returns undefined if the log cannot be read, or if {@link createResultLogs} decides not to read it.
 */
export type ResultLogs = (
  inputs: Pick<ExecutionInputs, "composeText" | "secretResults">,
  outputs: Pick<ExecutionOutputs, "composeDigest">,
  ask: () => Promise<string | undefined>,
) => Promise<string | undefined>;

/**
 * Makes the function that decides whether to read the log of a completed run for results. If many runs have the same
 * document and the first log has no results, the other logs are not read.
 *
 * | the run                                                                       | its log |
 * |-------------------------------------------------------------------------------|---------|
 * | its document contains `lyceum-result`, or `secretResults` is not empty        | is read |
 * | its document is not known                                                     | is read |
 * | it is the first run with its document                                         | is read |
 * | a later run; the log of the first run had a result or could not be read       | is read |
 * | a later run; the log of the first run had no result                           | is not read |
 */
export function createResultLogs(): ResultLogs {
  /** By the digest of a document: whether the logs of later runs with this document may have results. */
  const mayHave = new Map<string, Promise<boolean>>();
  return async ({ composeText, secretResults }, { composeDigest: document }, ask) => {
    const isExpected = secretResults.length > 0 || (composeText ?? RESULT_MARKER).includes(RESULT_MARKER);
    if (isExpected || document === "") return ask();
    const first = mayHave.get(document);
    if (first !== undefined && !(await first)) return undefined;
    const output = ask();
    if (first === undefined)
      mayHave.set(
        document,
        output.then((text) => text?.includes(RESULT_MARKER) ?? true),
      );
    return output;
  };
}
