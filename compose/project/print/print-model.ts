import { Document, isScalar, type Scalar, visit } from "yaml";
import { PIPELINE_COMMAND, withEscapes } from "../../diagnostics/hidden";
import type { ComposeMapping } from "../../model/model";
import { resolvePlainScalar } from "../../yaml/scalar";

/** Words that some YAML readers do not read as a text. */
const RESERVED_WORDS = /^(?:y|n|yes|no|on|off|true|false|null|~)$/i;
/** Texts that every YAML reader reads as a text without quotes. */
const PLAIN = /^[A-Za-z/][A-Za-z0-9_./@+-]*(?::[A-Za-z0-9_./@+-]+)*$/;

/**
 * A model as YAML that all readers read in the same way. Ambiguous values and keys are in double quotes. A text of
 * several lines is in a block, if a block can contain it. A stranger may have written the values, so no part of the
 * YAML may be a command for a terminal that shows it or a pipeline that logs it.
 */
export function printModel(model: ComposeMapping): string {
  const document = new Document(model, { version: "1.2", aliasDuplicateObjects: false });
  let isMisprinted = false;
  visit(document, {
    Scalar: (key, node) => {
      style(node, key === "key");
      isMisprinted ||= typeof node.value === "string" && MISPRINTED.test(node.value);
    },
  });
  const text = document.toString({
    lineWidth: 0,
    indentSeq: true,
    minContentWidth: 0,
    directives: false,
    ...(isMisprinted ? { doubleQuotedMinMultiLineLength: Number.MAX_SAFE_INTEGER } : {}),
  });
  // In double quotes, the YAML library escapes like JSON, which does not escape these characters. They occur only
  // there.
  return withEscapes(text)
    .replace(SPECIAL, (sign) => `\\u${sign.charCodeAt(0).toString(16)}`)
    .replace(PIPELINE_COMMAND, String.raw`\u0023`);
}

/**
 * Avoids a bug of yaml 2.9: if a line in double quotes is a single space, the library prints a backslash, unless the
 * whole text is on one line.
 */
const MISPRINTED = /\n \n/;
/**
 * Characters that some YAML readers refuse without an escape. The list does not contain those that JSON escapes, or
 * those that no terminal shows.
 */
const SPECIAL = /[\ufffe\uffff]/g;
/**
 * Characters that a block can contain: every YAML reader accepts them without an escape, and reads them in the same
 * way.
 */
const PRINTABLE = /^[\n\t\x20-\x7e\u00a0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd]*$/;

function style(node: Scalar, isKey: boolean): void {
  if (!isScalar(node) || typeof node.value !== "string") return;
  const { value } = node;
  if (isPlain(value)) node.type = "PLAIN";
  else node.type = !isKey && isBlock(value) ? "BLOCK_LITERAL" : "QUOTE_DOUBLE";
}

function isPlain(text: string): boolean {
  return PLAIN.test(text) && !RESERVED_WORDS.test(text) && resolvePlainScalar(text).kind === "string";
}

/**
 * Whether a terminal and a log show every line as ordinary text. In quotes, no line begins like a command of GitHub.
 */
function isShownAsText(text: string): boolean {
  return withEscapes(text) === text && !/^[^\S\n\r\u2028\u2029]*::/m.test(text) && text.search(PIPELINE_COMMAND) === -1;
}

/**
 * Whether a block can contain a text. No line of it may look indented, end in spaces, or contain characters that cannot
 * be printed.
 */
function isBlock(text: string): boolean {
  return (
    /[^\n]\n[^\n]/.test(`${text} `) &&
    text.includes("\n") &&
    !/^[\s]/.test(text) &&
    !/\n\n$/.test(text) &&
    !/[ \t]\n|[ \t]$/.test(text) &&
    PRINTABLE.test(text) &&
    isShownAsText(text)
  );
}
