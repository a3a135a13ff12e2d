import type { Diagnostic } from "../../compose";
import { PIPELINE_COMMAND, withEscapes } from "../../compose/wording";

/** Returns the diagnostics as a JSON list. `line`, `column` and `path` are null for a diagnostic of the whole text. */
export function asJson(diagnostics: readonly Diagnostic[]): string {
  const list = diagnostics.map(({ code, severity, message, file, range, path, remedy }) => ({
    code,
    severity,
    message,
    file: file ?? null,
    line: range?.start.line ?? null,
    column: range?.start.column ?? null,
    path: path ?? null,
    remedy,
  }));
  return shownJson(list);
}

/**
 * Returns a value as JSON. Every character is visible on a terminal, and a pipeline finds no command in the text.
 * Parsing the text gives the same value.
 */
export function shownJson(value: unknown, indent = 2): string {
  return withEscapes(JSON.stringify(value, null, indent)).replace(PIPELINE_COMMAND, "\\u0023");
}
