import { cell } from "../../provider/display/markdown-text";
import { count } from "../layout";

/**
 * The size limits of a Markdown table, and the noun for its rows. The limits leave room for other text, because the
 * comment that contains the table may have at most 65 536 characters.
 */
export interface TableBounds {
  readonly rows: number;
  readonly characters: number;
  /** The noun in the line that counts the omitted entries, such as `execution`. */
  readonly of: string;
}

/**
 * The largest number of characters in a cell. The size of a table is limited, so a longer text would leave no space for
 * other rows.
 */
const LONGEST_CELL = 400;

/**
 * Returns a Markdown table. A table that is too large is cut at its end, so the most important rows must come first.
 * Markdown in a cell has no effect. A column without any text is left out.
 *
 * @param titles the titles of the columns. A title that ends with a colon belongs to a column of numbers
 * @param describeRest returns a text about the omitted rows. `shown` is the number of rows in the table
 * @returns the table, and a line with the number of omitted rows. Empty if there are no rows
 */
export function boundedTable(
  titles: readonly string[],
  rows: readonly (readonly string[])[],
  most: TableBounds,
  describeRest?: (shown: number) => string,
): readonly string[] {
  if (rows.length === 0) return [];
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
  const shown = lines.length - 2;
  const left = rows.length - shown;
  if (left === 0) return [lines.join("\n")];
  const rest = describeRest === undefined ? "" : `: ${describeRest(shown)}`;
  const note = `${count(left, `further ${most.of}`)}, not listed here${rest}. The JSON of \`--json\` has all of them.`;
  return [lines.join("\n"), note];
}

/** Returns the text unchanged if it has at most `longest` characters. A longer text is cut, and ends with `…`. */
export function shortened(text: string, longest: number): string {
  const characters = text.length <= longest ? [] : [...text.slice(0, longest)];
  return text.length <= longest ? text : `${characters.slice(0, -1).join("")}…`;
}

/** Returns at most `most` names, and the number of the remaining names. */
export function someOf(names: readonly string[], most: number, separator: "; " | ", " = ", "): string {
  const more = names.length - most;
  return more <= 0 ? names.join(separator) : `${names.slice(0, most).join(separator)} and ${more} more`;
}
