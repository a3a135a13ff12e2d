import type { DiagnosticCollector } from "./diagnostic";
import { addRefused } from "./yaml-errors";

/**
 * Adds a diagnostic for what the YAML library reads in one piece of a text and Compose's YAML reader does not: escapes,
 * and names of anchors and tags with characters of any kind.
 *
 * @param lexeme a word or sign of the text that is no text without quotes; `offset`: where it starts
 */
export function checkLexeme(lexeme: string, offset: number, collector: DiagnosticCollector): void {
  const sign = lexeme[0];
  if (sign === '"') checkEscapes(lexeme, offset, collector);
  else if (sign === "&" || sign === "*")
    checkName(lexeme, /[^A-Za-z0-9_-]/g, "the name of an anchor", offset, collector);
  else if (lexeme === "!") {
    // It makes a text of a number to YAML, and nothing to Compose.
    addRefused(collector, offset, "it does not know the tag !", "Remove it, or write `!!str`.");
  } else if (sign === "!") checkName(lexeme, /[^A-Za-z0-9_;/?:@&=+$.!~*'()%<>-]/g, "a tag", offset, collector);
}

function checkName(lexeme: string, other: RegExp, what: string, offset: number, collector: DiagnosticCollector): void {
  other.lastIndex = 1;
  const found = other.exec(lexeme);
  if (found === null) return;
  const message = `${what} holds a character that is not allowed in it`;
  addRefused(collector, offset + found.index, message, "Use letters, digits, `_` and `-` only.");
}

/** JSON's `\/`, halves of surrogate pairs, which JSON joins to one character, and empty lines behind an escaped end of line. */
function checkEscapes(text: string, offset: number, collector: DiagnosticCollector): void {
  for (let at = text.indexOf("\\"); at !== -1; at = text.indexOf("\\", at + 2)) {
    const sign = text[at + 1];
    const span = { start: offset + at, end: offset + at + 2 };
    if (sign === "/") {
      const message = "it does not know the escape sequence \\/";
      addRefused(collector, span.start, message, "Write / without a backslash.", 2);
    } else if ((sign === "\n" || sign === "\r") && emptyLine.test(text.slice(at + 1, at + longestIndent))) {
      collector.add("LYC2006", "an empty line behind a backslash is read in different ways", {
        span: { ...span, end: span.start + 1 },
        remedy: "Write the line break as `\\n`.",
      });
    } else if (surrogate.test(text.slice(at + 1, at + 10))) {
      const message = "an escape stands for half of a surrogate pair";
      collector.add("LYC2004", message, { span: { ...span, end: span.start + (sign === "u" ? 6 : 10) } });
    }
  }
}

const surrogate = /^(?:u|U0000)[dD][89a-fA-F]/;
const longestIndent = 1_000;
const emptyLine = /^\r?\n[ \t]*(?:[\r\n]|$)/;
