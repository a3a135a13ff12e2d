import { HIDDEN, PIPELINE_COMMAND } from "../../compose/wording";

/**
 * Matches escape sequences: colours, movements of the cursor, titles, links, and short sequences of two to five
 * characters. Node's `stripVTControlCharacters` is not used: for some texts its time grows with the square of the
 * length, and in Node 20 it removes visible letters.
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
 * Makes a text safe for a terminal and for the log of a pipeline. Removes escape sequences. Replaces other invisible
 * characters with a dot, except tabs and line breaks. Inserts a space into commands of a pipeline (`::error::`,
 * `##[group]`).
 */
export function printable(text: string): string {
  return text
    .replace(ESCAPE_SEQUENCES, "")
    .replace(HIDDEN, "·")
    .replace(/^([^\S\n\r\u2028\u2029]*:):/gm, "$1 :")
    .replace(PIPELINE_COMMAND, "# ");
}
