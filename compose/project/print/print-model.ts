import { Document, isScalar, type Scalar, visit } from "yaml";
import { PIPELINE_COMMAND, withEscapes } from "../../diagnostics/hidden";
import type { ComposeMapping } from "../../model/model";
import { resolvePlainScalar } from "../../yaml/scalar";

/** Words that some reader of YAML takes for something else than a text. */
const RESERVED_WORDS = /^(?:y|n|yes|no|on|off|true|false|null|~)$/i;
/** Texts that need no quotes for any reader of YAML. */
const PLAIN = /^[A-Za-z/][A-Za-z0-9_./@+-]*(?::[A-Za-z0-9_./@+-]+)*$/;

/**
 * A model as YAML that every reader reads alike: what could be taken for something else stands in double quotes, keys
 * included, and text of several lines in a block where a block can hold it. Whoever wrote the values, a terminal that shows the
 * text acts on none of them, and neither does a pipeline, which takes lines of a log for commands.
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
  // JSON's way to quote, which the library takes, leaves these as they are. They only stand in double quotes.
  return withEscapes(text)
    .replace(SPECIAL, (sign) => `\\u${sign.charCodeAt(0).toString(16)}`)
    .replace(PIPELINE_COMMAND, String.raw`\u0023`);
}

/** In double quotes on several lines, yaml 2.9 writes a backslash for a line that is one space; on one line it writes what is there. */
const MISPRINTED = /\n \n/;
/** Signs that no reader of YAML takes raw; not those that JSON escapes, nor those that no terminal shows. */
const SPECIAL = /[\ufffe\uffff]/g;
/** Signs that a block holds as they are: every reader of YAML takes them raw, and alike. */
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

/** Whether a terminal and a pipeline's log show each line as it is. In double quotes no line begins with what GitHub acts on. */
function isShownAsText(text: string): boolean {
  return withEscapes(text) === text && !/^[^\S\n\r\u2028\u2029]*::/m.test(text) && text.search(PIPELINE_COMMAND) === -1;
}

/** Blocks keep lines as they are, but not what looks like indentation, ends in spaces, or is no printable sign. */
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
