import { Document, isScalar, type Scalar, visit } from "yaml";
import { PIPELINE_COMMAND, withEscapes } from "../../diagnostics/hidden";
import type { ComposeMapping } from "../../model/model";

/** Matches words that some YAML readers do not read as texts. */
const RESERVED_WORDS = /^(?:y|n|yes|no|on|off|true|false|null|~)$/i;
/** Matches texts that every YAML reader reads as texts without quotes, if they are not among the `RESERVED_WORDS`. */
const PLAIN = /^[A-Za-z/][A-Za-z0-9_./@+-]*(?::[A-Za-z0-9_./@+-]+)*$/;

/**
 * Returns a model as YAML that all readers read in the same way. Ambiguous values and keys are in double quotes. A text
 * of several lines is a block where possible. The values may come from a stranger, so the YAML contains no commands for
 * a terminal or a pipeline.
 */
export function printModel(model: ComposeMapping): string {
  const document = new Document(model, { version: "1.2", aliasDuplicateObjects: false });
  let onOneLine = false;
  visit(document, {
    Scalar: (key, node) => {
      style(node, key === "key");
      onOneLine ||= typeof node.value === "string" && (MISPRINTED.test(node.value) || COMMAND_LINE.test(node.value));
    },
  });
  const text = document.toString({
    lineWidth: 0,
    indentSeq: true,
    minContentWidth: 0,
    directives: false,
    ...(onOneLine ? { doubleQuotedMinMultiLineLength: Number.MAX_SAFE_INTEGER } : {}),
  });
  // The YAML library escapes only what JSON escapes. An escape is possible only in double quotes. This is no problem
  // here: `isPlain` and `isBlock` refuse texts with characters that need one, so such texts are in double quotes.
  return withEscapes(text)
    .replace(SPECIAL, (sign) => `\\u${sign.charCodeAt(0).toString(16)}`)
    .replace(PIPELINE_COMMAND, String.raw`\u0023`);
}

/**
 * Matches a text with a line that is a single space. The library yaml 2.9 prints such a text wrong if it breaks the
 * text in double quotes into lines: the line becomes a backslash.
 */
const MISPRINTED = /\n \n/;
/**
 * Matches a text with a line that begins with `::`. If the YAML contained this line, GitHub would take it for a
 * command, such as `::error::`.
 */
const COMMAND_LINE = /^[^\S\n\r\u2028\u2029]*::/m;
/** Matches two characters that the YAML library does not escape, but that some YAML readers accept only as escapes. */
const SPECIAL = /[\ufffe\uffff]/g;
/** Matches a text that needs no escapes. A block cannot contain escapes. */
const PRINTABLE = /^[\n\t\x20-\x7e\u00a0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd]*$/;

function style(node: Scalar, isKey: boolean): void {
  if (!isScalar(node) || typeof node.value !== "string") return;
  const { value } = node;
  if (isPlain(value)) node.type = "PLAIN";
  else node.type = !isKey && isBlock(value) ? "BLOCK_LITERAL" : "QUOTE_DOUBLE";
}

function isPlain(text: string): boolean {
  return PLAIN.test(text) && !RESERVED_WORDS.test(text);
}

/**
 * Whether a terminal and a pipeline show every line of a block as ordinary text. A block needs this check, because it
 * cannot contain escapes.
 */
function isShownAsText(text: string): boolean {
  return withEscapes(text) === text && !COMMAND_LINE.test(text) && text.search(PIPELINE_COMMAND) === -1;
}

/**
 * Whether a text can be printed as a block: it has several lines, nothing that needs an escape, and no white space that
 * a YAML reader may change. Such white space is at the start of the text, at the end of a line, or in empty lines at
 * the end.
 */
function isBlock(text: string): boolean {
  return (
    /[^\n]\n[^\n]/.test(`${text} `) &&
    !/^[\s]/.test(text) &&
    !/\n\n$/.test(text) &&
    !/[ \t]\n|[ \t]$/.test(text) &&
    PRINTABLE.test(text) &&
    isShownAsText(text)
  );
}
