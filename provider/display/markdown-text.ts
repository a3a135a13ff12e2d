import { printable } from "./printable";

/**
 * Characters that a backslash does not escape: those of tags and entities, and `@`. GitHub notifies the person whose
 * name follows `@`, unless a zero-width character is between them.
 */
const REPLACED: Readonly<Record<string, string>> = { "<": "&lt;", "&": "&amp;", "@": "@\u200b" };

/** Escapes a text so that Markdown shows it unchanged. It may have several lines. */
export function inline(text: string): string {
  return printable(text).replace(/[\\`*_[\]<>|#@!~&]/g, (character) => REPLACED[character] ?? `\\${character}`);
}

/** A text with code between backticks. Other Markdown in the text, and in the code, is escaped. */
export function withCode(text: string): string {
  return printable(text)
    .split(/(`[^`\r\n]+`)/)
    .map((part, at) => (at % 2 === 1 ? part : inline(part)))
    .join("");
}

/** A text for one cell of a table. */
export function cell(text: string): string {
  return inline(text).replace(/\r?\n/g, " ");
}

/** The rows of a Markdown table, without its head. */
export function tableRows(rows: readonly (readonly string[])[]): string {
  return rows.map((cells) => `| ${cells.map(cell).join(" | ")} |`).join("\n");
}

/** Unchanged lines in a code block. Its fence is longer than any fence in the lines. */
export function fenced(lines: readonly string[]): string {
  const text = printable(lines.join("\n"));
  const fence = "`".repeat(Math.max(3, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length + 1)));
  return `${fence}\n${text}\n${fence}`;
}
