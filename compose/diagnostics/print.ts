import type { Diagnostic } from "./diagnostic";
import { withDots } from "./hidden";
import type { LineIndex } from "./position";

/** Options of `printDiagnostics`. */
export interface PrintOptions {
  /** The lines of the text, or a function that returns the lines of each file. */
  readonly lines?: LineIndex | ((file: string | undefined) => LineIndex | undefined);
  /** Whether the whole text is secret. If so, no source lines are printed, only positions and keys. */
  readonly hideSource?: boolean;
  /**
   * Returns true if a line must not be shown. Lines count from 1. The option is required, because a caller that forgets
   * it would show secret lines.
   */
  readonly isSecretLine: (lines: LineIndex, line: number) => boolean;
  /** The largest width of a printed source line in columns. Default: 120. */
  readonly widestLine?: number;
}

const USUAL_WIDEST_LINE = 120;

/** The parts of a diagnostic, each on one line. */
export interface DiagnosticParts {
  /** The position, such as `compose.yaml:12:5`, or only the name of the file. */
  readonly location: string;
  readonly message: string;
  /** The source line. Absent if it must not be shown, or is not known. */
  readonly source?: SourceLine;
  readonly remedy: string;
}

/** A source line, and the line with the marker below it: `indent`, then `carets`. */
export interface SourceLine {
  readonly number: string;
  readonly text: string;
  /** White space as wide as the text before the marker. */
  readonly indent: string;
  readonly carets: string;
}

/** Returns the parts of a diagnostic, for callers that have their own layout. */
export function diagnosticParts(diagnostic: Diagnostic, options: PrintOptions): DiagnosticParts {
  const { message, range, remedy } = diagnostic;
  const file = diagnostic.file ?? "compose.yaml";
  const location = range === undefined ? file : `${file}:${range.start.line}:${range.start.column}`;
  const lines = typeof options.lines === "function" ? options.lines(diagnostic.file) : options.lines;
  const source =
    range === undefined || options.hideSource || diagnostic.hidesSource ? undefined : sourceLine(range, lines, options);
  return {
    location: withDots(location),
    message: withDots(message),
    ...(source === undefined ? {} : { source }),
    remedy: withDots(remedy),
  };
}

/**
 * Returns one diagnostic as text:
 *
 * ```text
 * compose.yaml:12:5 error LYC2007: the key image is already there, on line 10
 *   12 |     image: nginx
 *      |     ^^^^^
 *   Keep one of the two, or merge them.
 * ```
 */
export function printDiagnostic(diagnostic: Diagnostic, options: PrintOptions): string {
  const { location, message, source, remedy } = diagnosticParts(diagnostic, options);
  const shown =
    source === undefined
      ? []
      : [
          `  ${source.number} | ${source.text}`,
          `  ${" ".repeat(source.number.length)} | ${source.indent}${source.carets}`,
        ];
  return [`${location} ${diagnostic.severity} ${diagnostic.code}: ${message}`, ...shown, `  ${remedy}`].join("\n");
}

/** Returns all diagnostics as one text. */
export function printDiagnostics(diagnostics: readonly Diagnostic[], options: PrintOptions): string {
  return diagnostics.map((diagnostic) => printDiagnostic(diagnostic, options)).join("\n");
}

function sourceLine(
  range: NonNullable<Diagnostic["range"]>,
  lines: LineIndex | undefined,
  { isSecretLine, widestLine = USUAL_WIDEST_LINE }: PrintOptions,
): SourceLine | undefined {
  const { line, column } = range.start;
  if (lines === undefined || isSecretLine(lines, line)) return undefined;
  const source = lines.line(line);
  // Of a long line, only the part near the diagnostic is shown.
  const from = column <= widestLine - 20 ? 0 : column - Math.floor(widestLine / 2);
  const shown = source.slice(from, from + widestLine);
  const caretAt = column - 1 - from;
  const lastColumn = range.end.line === line ? range.end.column : source.length + 1;
  const width = Math.max(1, Math.min(lastColumn - column, shown.length - caretAt));
  return {
    number: String(line),
    text: `${from > 0 ? "…" : ""}${withDots(shown)}${from + widestLine < source.length ? "…" : ""}`,
    // The indent repeats the tabs of the source line, so that the caret is below the right character.
    indent: `${from > 0 ? " " : ""}${shown.slice(0, caretAt).replace(/[^\t]/g, " ")}`,
    carets: "^".repeat(width),
  };
}
