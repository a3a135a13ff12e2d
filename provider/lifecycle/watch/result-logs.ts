import type { ExecutionInputs } from "../run/inputs";
import type { ExecutionOutputs } from "../run/record/record";

/** The first word of an output line that reports a result. */
const RESULT_MARKER = "lyceum-result";

/** Reads results from the log of a run whose record does not show them. Undefined if the log is not read. */
export type ResultLogs = (
  inputs: Pick<ExecutionInputs, "composeText" | "secretResults">,
  outputs: Pick<ExecutionOutputs, "composeDigest">,
  ask: () => Promise<string | undefined>,
) => Promise<string | undefined>;

/**
 * Makes the function that decides which logs a process reads for the results of completed runs whose records have no
 * output. If many runs have the same document and the first log has no results, the other logs are not read.
 *
 * | the run                                                                       | its log |
 * |-------------------------------------------------------------------------------|---------|
 * | its document contains the marker, or `secretResults` names a result           | is read |
 * | its document is not known                                                     | is read |
 * | it is the first run with its document                                         | is read |
 * | a later run, if the log of the first had a result or could not be read        | is read |
 * | a later run, if the log of the first had no result                            | is not read |
 */
export function createResultLogs(): ResultLogs {
  /** By the digest of the document: whether the log of another run may have results. */
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
