import type { Diagnostic } from "../provider/compose";

/** Diagnostics as a JSON list; `line`, `column` and `path` are null for a fault of the text as a whole. */
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
  return JSON.stringify(list, null, 2);
}
