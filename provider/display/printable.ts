import { HIDDEN, PIPELINE_COMMAND } from "../../compose/wording";

/**
 * Escape sequences: colours and movements, titles and links up to their end on the same line, and those of two to five
 * characters. Node's own `stripVTControlCharacters` is quadratic for some texts, and in Node 20 removes visible
 * letters.
 */
const ESCAPE_SEQUENCES = new RegExp(
  [
    "(?:\\u001b\\[|\\u009b)[ -?]*[@-~]",
    "\\u001b[\\]PX^_][^\\u0007\\u001b\\n]*(?:\\u0007|\\u001b\\\\)",
    "\\u001b[ -/]{0,3}[0-~]",
  ].join("|"),
  "g",
);

/**
 * A text that is safe on a terminal and in the log of a pipeline. It has no escape sequences, a dot for every other
 * invisible character, and a space in the commands of a pipeline (`::error::`, `##[group]`). Tabs and line breaks stay.
 */
export function printable(text: string): string {
  return text
    .replace(ESCAPE_SEQUENCES, "")
    .replace(HIDDEN, "·")
    .replace(/^([^\S\n\r\u2028\u2029]*:):/gm, "$1 :")
    .replace(PIPELINE_COMMAND, "# ");
}
