import { stripVTControlCharacters } from "node:util";
import { hidden, pipelineCommand } from "../../compose/diagnostics/hidden";

/**
 * A text as it may be shown on a terminal or in the log of a pipeline, whoever wrote it: without escape sequences, with a dot for
 * every other control or invisible character and for half of a surrogate pair, and with no line that a pipeline would take for a command.
 * Tabs and line breaks stay.
 */
export function printable(text: string): string {
  return stripVTControlCharacters(text)
    .replace(hidden, "·")
    .replace(/^([^\S\n\r\u2028\u2029]*:):/gm, "$1 :")
    .replace(pipelineCommand, "# ");
}
