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
  return [
    {
      property: options.property,
      reason: printDiagnostics(errors, { lines: new LineIndex(text), hideSource: options.hideSource }),
    },
  ];
}
