import { LineIndex, printDiagnostics, type ReadResult } from "../compose";
import type { CheckFailure } from "./check-rules";

/**
 * Faults of a compose document as one failure on a short property: the engine prints the property's whole value in
 * front, so they never go on the text itself.
 */
export function composeFailures(
  read: ReadResult,
  text: string,
  options: { readonly property: string; readonly hideSource: boolean },
): CheckFailure[] {
  if (read.kind !== "faults") return [];
  const errors = read.diagnostics.filter((diagnostic) => diagnostic.severity === "error");
  if (errors.length === 0) return [];
  const printed = printDiagnostics(errors, { lines: new LineIndex(text), hideSource: options.hideSource });
  // A heading of its own, so that the first of several faults stands in the same column as the others.
  const heading = errors.length === 1 ? "" : `${errors.length} faults in the compose document:\n`;
  return [{ property: options.property, reason: `${heading}${printed}` }];
}
