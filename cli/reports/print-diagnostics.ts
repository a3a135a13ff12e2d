import { type Diagnostic, diagnosticParts, type LineIndex, type SourceLine } from "../../compose";
import { isSecretLine } from "../../provider/compose-rules";
import { printable } from "../../provider/display/printable";
import type { Surface } from "../command";
import { hanging, widthFor } from "../layout";
import type { ValidationResult } from "./validation-result";

/** The terminal on which diagnostics are printed. */
export type Terminal = Pick<Surface, "columns" | "color">;

const STYLES = { bold: "1", red: "31", yellow: "33", cyan: "36" } as const;

/**
 * Returns the diagnostics of a project as a text for a person, with a blank line between them. Errors come before
 * warnings, and both are in the order of the files. Lines fit the terminal. Without a terminal, each message stays on
 * one line, so that `grep` finds it.
 */
export function printedDiagnostics({ diagnostics, linesOf, secrets }: ValidationResult, terminal: Terminal): string {
  const width = terminal.columns === undefined ? undefined : widthFor(terminal.columns);
  const options = {
    lines: linesOf,
    isSecretLine: (lines: LineIndex, line: number) => isSecretLine(lines, line, secrets),
  };
  return errorsFirst(diagnostics)
    .map((diagnostic) => {
      const { range } = diagnostic;
      // The columns that the line itself cannot use: two blanks, the line number, a bar, and an ellipsis at each end.
      const gutter = String(range?.start.line ?? "").length + 7;
      const parts = diagnosticParts(
        diagnostic,
        width === undefined ? options : { ...options, widestLine: width - gutter },
      );
      const { location, message, source, remedy } = parts;
      return [
        ...headLines(diagnostic, printable(location), printable(message), width, terminal),
        ...(source === undefined ? [] : sourceLines(source, diagnostic, terminal)),
        ...hanging("  ", printable(remedy), width ?? Number.POSITIVE_INFINITY),
      ].join("\n");
    })
    .join("\n\n");
}

function headLines(
  { severity, code }: Diagnostic,
  location: string,
  message: string,
  width: number | undefined,
  terminal: Terminal,
): string[] {
  const label = `${location} ${severity} ${code}: `;
  const [first = "", ...others] = hanging(label, message, width ?? Number.POSITIVE_INFINITY, "    ");
  const paint = painter(terminal);
  const head = `${paint(location, "bold")} ${paint(`${severity} ${code}`, "bold", colorOf(severity))}: `;
  return [(head + first.slice(label.length)).trimEnd(), ...others];
}

function sourceLines(
  { number, text, indent, carets }: SourceLine,
  { severity }: Diagnostic,
  terminal: Terminal,
): string[] {
  const paint = painter(terminal);
  const bar = (label: string) => paint(`  ${label} |`, "cyan");
  return [
    `${bar(number)} ${printable(text)}`,
    `${bar(" ".repeat(number.length))} ${indent}${paint(carets, "bold", colorOf(severity))}`,
  ];
}

function colorOf(severity: Diagnostic["severity"]): "red" | "yellow" {
  return severity === "error" ? "red" : "yellow";
}

function painter({ color }: Terminal): (text: string, ...styles: (keyof typeof STYLES)[]) => string {
  if (!color) return (text) => text;
  return (text, ...styles) => `\u001b[${styles.map((style) => STYLES[style]).join(";")}m${text}\u001b[0m`;
}

function errorsFirst(diagnostics: readonly Diagnostic[]): readonly Diagnostic[] {
  const of = (wanted: string) => diagnostics.filter(({ severity }) => severity === wanted);
  return [...of("error"), ...of("warning")];
}
