import { cell } from "../../../provider/display/markdown-text";

/** What a table may take of a comment, which has room for 65 536 characters. */
export interface TableBounds {
  readonly rows: number;
  readonly characters: number;
}

/** The longest text of a cell: one long name must not push the others out. */
const LONGEST_CELL = 400;

/**
 * A table of Markdown whose first rows are those that matter most: what does not fit is cut from its end. Nothing that a cell holds is Markdown. A column
 * without any text is left out.
 *
 * @param titles of the columns; one that ends with a colon holds numbers
 * @returns the text, and how many rows it has
 */
export function boundedTable(
  titles: readonly string[],
  rows: readonly (readonly string[])[],
  most: TableBounds,
): { readonly text: string; readonly shown: number } {
  const filled = titles.flatMap((_title, at) => (rows.some((row) => row[at] !== "") ? [at] : []));
  const lineOf = (cells: readonly string[]) => `| ${filled.map((at) => cells[at]).join(" | ")} |`;
  const head = lineOf(titles.map((title) => title.replace(/:$/, "")));
  const lines = [head, `|${filled.map((at) => (titles[at]?.endsWith(":") ? "--:" : "---")).join("|")}|`];
  let length = 0;
  for (const row of rows.slice(0, most.rows)) {
    const line = lineOf(row.map((text) => cell(shortened(text, LONGEST_CELL))));
    length += line.length + 1;
    if (length > most.characters) break;
    lines.push(line);
  }
  return { text: lines.join("\n"), shown: lines.length - 2 };
}

/** The begin of a text that is too long. */
export function shortened(text: string, longest: number): string {
  const characters = text.length <= longest ? [] : [...text.slice(0, longest)];
  return text.length <= longest ? text : `${characters.slice(0, -1).join("")}…`;
}

/** Some names, and how many more there are. */
export function someOf(names: readonly string[], most: number): string {
  const more = names.length - most;
  return more <= 0 ? names.join(", ") : `${names.slice(0, most).join(", ")} and ${more} more`;
}

/** `1 run`, `2 runs`. */
export function count(number: number, word: string): string {
  return `${number} ${word}${number === 1 ? "" : "s"}`;
}
