import type { Diagnostic } from "../diagnostics/diagnostic";
import { type ComposeDocument, readCompose } from "../yaml/read";

/** The document of a text that can be read. */
export function document(text: unknown): ComposeDocument {
  const result = readCompose(text);
  if (result.kind !== "document") throw new Error(`not a document: ${JSON.stringify(result)}\n${text}`);
  return result;
}

/** The diagnostics of a text that cannot be read. */
export function diagnosticsOf(text: unknown): readonly Diagnostic[] {
  const result = readCompose(text);
  if (result.kind !== "diagnostics") throw new Error(`no diagnostics: ${result.kind}`);
  return result.diagnostics;
}

/** `code@line:column path` of each diagnostic. */
export function marksOf(diagnostics: readonly Diagnostic[]): string[] {
  return diagnostics.map(({ code, range, path }) => {
    const location = range === undefined ? "" : `@${range.start.line}:${range.start.column}`;
    return `${code}${location}${path === undefined || path === "" ? "" : ` ${path}`}`;
  });
}

/** The marks of a text that cannot be read. */
export function marks(text: unknown): string[] {
  return marksOf(diagnosticsOf(text));
}

/** The marks of a text without their paths. Empty for a text that can be read. */
export function places(text: string): string[] {
  const result = readCompose(text);
  return result.kind === "diagnostics" ? marksOf(result.diagnostics).map((mark) => mark.split(" ", 1)[0] ?? "") : [];
}

/** The smallest Compose text of the tests. */
export const web = "services:\n  web:\n    image: nginx\n";
