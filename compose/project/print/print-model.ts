import { Document, isScalar, type Scalar, visit } from "yaml";
import { PIPELINE_COMMAND, withEscapes } from "../../diagnostics/hidden";
import type { ComposeMapping } from "../../model/model";
import { resolvePlainScalar } from "../../yaml/scalar";

/** Words that some YAML reader takes for something other than a text. */
const RESERVED_WORDS = /^(?:y|n|yes|no|on|off|true|false|null|~)$/i;
/** Texts that need no quotes for any YAML reader. */
const PLAIN = /^[A-Za-z/][A-Za-z0-9_./@+-]*(?::[A-Za-z0-9_./@+-]+)*$/;

/**
 * A model as YAML that every reader reads alike. Ambiguous values and keys are in double quotes. Text of several lines
 * is in a block, when a block can hold it. The values may come from anyone: no terminal that shows the text, and no
 * pipeline that logs it, takes a part of it for a command.
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
  // The library quotes as JSON does, which leaves these characters as they are. They are only in double quotes.
  return withEscapes(text)
    .replace(SPECIAL, (sign) => `\\u${sign.charCodeAt(0).toString(16)}`)
    .replace(PIPELINE_COMMAND, String.raw`\u0023`);
}

/** For a line of one space in double quotes, yaml 2.9 prints a backslash, unless all text is on one line. */
const MISPRINTED = /\n \n/;
/** Characters that no YAML reader takes unescaped, without those that JSON escapes and those that no terminal shows. */
const SPECIAL = /[\ufffe\uffff]/g;
/** Characters that a block can hold: every YAML reader takes them unescaped, and alike. */
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

/** Whether a terminal and a log show each line as text. In quotes, no line begins as GitHub's commands do. */
function isShownAsText(text: string): boolean {
  return withEscapes(text) === text && !/^[^\S\n\r\u2028\u2029]*::/m.test(text) && text.search(PIPELINE_COMMAND) === -1;
}

/** Whether a block can hold a text: no line looks indented, ends in spaces, or has unprintable characters. */
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
