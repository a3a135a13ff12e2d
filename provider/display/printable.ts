import { HIDDEN, PIPELINE_COMMAND } from "../../compose/wording";

/**
 * Escape sequences: colours and movements, titles and links up to their end on the same line, and those of two to five characters. Node's own
 * `stripVTControlCharacters` takes quadratic time for some texts, and in Node 20 letters that are shown.
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
 * A text as it may be shown on a terminal or in the log of a pipeline, whoever wrote it: without escape sequences, with a dot for
 * each other character that is not shown, and with a space in what a pipeline would take for a command (`::error::`, `##[group]`).
 * Tabs and line breaks stay.
 */
export function printable(text: string): string {
  return text
    .replace(ESCAPE_SEQUENCES, "")
    .replace(HIDDEN, "·")
    .replace(/^([^\S\n\r\u2028\u2029]*:):/gm, "$1 :")
    .replace(PIPELINE_COMMAND, "# ");
}
