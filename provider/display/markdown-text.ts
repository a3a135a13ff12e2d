import { printable } from "./printable";

/**
 * Replacements for characters for which a backslash is not enough. GitHub notifies the person whose name follows `@`. A
 * zero-width character after `@` prevents this.
 */
const REPLACED: Readonly<Record<string, string>> = { "<": "&lt;", "&": "&amp;", "@": "@\u200b" };

/** Makes a text printable, and escapes it so that Markdown does not interpret it. The text may have several lines. */
export function inline(text: string): string {
  return printable(text).replace(/[\\`*_[\]<>|#@!~&]/g, (character) => REPLACED[character] ?? `\\${character}`);
}

/** Converts a text with code between backticks to Markdown. Escapes all other Markdown signs. */
export function withCode(text: string): string {
  return printable(text)
    .split(/(`[^`\r\n]+`)/)
    .map((part, at) => (at % 2 === 1 ? part : inline(part)))
    .join("");
}

/** Escapes a text for one cell of a table. */
export function cell(text: string): string {
  return inline(text).replaceAll("\n", " ");
}

/** The rows of a Markdown table, without the head of the table. */
export function tableRows(rows: readonly (readonly string[])[]): string {
  return rows.map((cells) => `| ${cells.map(cell).join(" | ")} |`).join("\n");
}

/** Puts printable lines into a code block. The fence of the block is longer than any fence in the lines. */
export function fenced(lines: readonly string[]): string {
  const text = printable(lines.join("\n"));
  const fence = "`".repeat(Math.max(3, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length + 1)));
  return `${fence}\n${text}\n${fence}`;
}
