import { printable } from "./printable";

/** What a backslash does not help: a tag, a character by its name, and a name behind `@`, which GitHub mentions all the same unless a sign without width is between. */
const REPLACED: Readonly<Record<string, string>> = { "<": "&lt;", "&": "&amp;", "@": "@\u200b" };

/** A text that Markdown shows as it is, on one line or several. */
export function inline(text: string): string {
  return printable(text).replace(/[\\`*_[\]<>|#@!~&]/g, (character) => REPLACED[character] ?? `\\${character}`);
}

/** A text that is one cell of a table. */
export function cell(text: string): string {
  return inline(text).replace(/\r?\n/g, " ");
}

/** Rows of a table, whose head gives the columns. */
export function tableRows(rows: readonly (readonly string[])[]): string {
  return rows.map((cells) => `| ${cells.map(cell).join(" | ")} |`).join("\n");
}

/** Lines as they are, in a fence that is longer than any in the text. */
export function fenced(lines: readonly string[]): string {
  const text = printable(lines.join("\n"));
  const fence = "`".repeat(Math.max(3, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length + 1)));
  return `${fence}\n${text}\n${fence}`;
}
