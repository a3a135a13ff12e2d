import type { Diagnostic } from "../diagnostics/diagnostic";
import { type ComposeDocument, readCompose } from "../yaml/read";

/** Reads a text and returns its document. The text must be valid. */
export function document(text: unknown): ComposeDocument {
  const result = readCompose(text);
  if (result.kind !== "document") throw new Error(`not a document: ${JSON.stringify(result)}\n${text}`);
  return result;
}

/** Reads a text and returns its diagnostics. The text must not be valid. */
export function diagnosticsOf(text: unknown): readonly Diagnostic[] {
  const result = readCompose(text);
  if (result.kind !== "diagnostics") throw new Error(`no diagnostics: ${result.kind}`);
  return result.diagnostics;
}

/** Returns `code@line:column path` of each diagnostic. */
export function marksOf(diagnostics: readonly Diagnostic[]): string[] {
  return diagnostics.map(({ code, range, path }) => {
    const location = range === undefined ? "" : `@${range.start.line}:${range.start.column}`;
    return `${code}${location}${path === undefined || path === "" ? "" : ` ${path}`}`;
  });
}

/** Reads a text that is not valid, and returns `code@line:column path` of each diagnostic. */
export function marks(text: unknown): string[] {
  return marksOf(diagnosticsOf(text));
}

/** Reads a text and returns `code@line:column` of each diagnostic. Returns nothing for a valid text. */
export function places(text: string): string[] {
  const result = readCompose(text);
  return result.kind === "diagnostics" ? marksOf(result.diagnostics).map((mark) => mark.split(" ", 1)[0] ?? "") : [];
}

/** A short valid Compose text: one service with an image. */
export const web = "services:\n  web:\n    image: nginx\n";
