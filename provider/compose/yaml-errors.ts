import { type Document, visit, type YAMLError } from "yaml";
import type { DiagnosticCollector } from "./diagnostic";

const longestErrorList = 20;

/** What the YAML library's errors mean, in words that never repeat a piece of the text. */
const meanings: Partial<Record<YAMLError["code"], { readonly message: string; readonly remedy?: string }>> = {
  ALIAS_PROPS: { message: "an alias takes neither an anchor nor a tag" },
  BAD_ALIAS: { message: "the name of the anchor or alias is empty" },
  BAD_COLLECTION_TYPE: { message: "the tag does not fit a collection of this kind" },
  BAD_DQ_ESCAPE: {
    message: "the text in double quotes holds an escape sequence that YAML does not have",
    remedy: "Write a backslash as `\\\\`, or use single quotes.",
  },
  BAD_PROP_ORDER: { message: "the anchor or tag must stand behind the indicator" },
  BAD_SCALAR_START: {
    message: "a value without quotes cannot start with this character",
    remedy: "Put the value in quotes.",
  },
  BLOCK_AS_IMPLICIT_KEY: {
    message: "a key and its value cannot start here; a value on the same line has a `: ` of its own",
    remedy: "Put the value in quotes, or start a nested mapping on a line of its own.",
  },
  BLOCK_IN_FLOW: { message: "an indented block cannot stand inside brackets or braces" },
  KEY_OVER_1024_CHARS: { message: "a key is at most 1024 characters long" },
  MULTILINE_IMPLICIT_KEY: {
    message: "a key must be on one line, followed by `: `",
    remedy: "Add the missing `: `, or put a value of several lines in quotes.",
  },
  MULTIPLE_ANCHORS: { message: "a value has at most one anchor" },
  MULTIPLE_TAGS: { message: "a value has at most one tag" },
  RESOURCE_EXHAUSTION: { message: "the document is too involved to be read" },
  TAB_AS_INDENT: { message: "a tab cannot indent a line", remedy: "Indent with spaces." },
  TAG_RESOLVE_FAILED: { message: "the tag cannot be resolved" },
};

/** For codes that stand for several diagnostics: by the start of the library's message, what it means. */
const sentences: readonly (readonly [start: string, message: string, remedy?: string])[] = [
  ["A block sequence may not be used as an implicit map key", "a list cannot stand here: the key above has a value"],
  ["Missing closing ", "a quote is opened here and not closed", "Add the closing quote."],
  ["Unexpected flow-", "a bracket or brace is closed here that was not opened"],
  ["Unexpected scalar", "there is more text here than the value takes", "Put the value in quotes."],
  ["Unexpected double-quoted-scalar", "there is more text here than the value takes"],
  ["Unexpected single-quoted-scalar", "there is more text here than the value takes"],
  ["Unexpected block-", "a list or mapping cannot start here"],
  ["Block scalar header", "the line with | or > holds other text", "Start the text on the next line."],
  ["All mapping items must start at the same column", "the line is not indented like the keys it belongs to"],
  ["All sequence items must start at the same column", "the line is not indented like the items it belongs to"],
  [
    "Flow map ",
    "a brace is opened here and not closed, or the lines in it are not indented",
    "Close it with }, and indent every line in between.",
  ],
  [
    "Flow sequence ",
    "a bracket is opened here and not closed, or the lines in it are not indented",
    "Close it with ], and indent every line in between.",
  ],
];

/** Adds what the YAML library found, one diagnostic for a line; `true` when there was anything. */
export function addSyntaxErrors(
  documents: readonly Document.Parsed[],
  source: string,
  collector: DiagnosticCollector,
): boolean {
  const errors = documents.flatMap((document) => document.errors).sort((a, b) => a.pos[0] - b.pos[0]);
  const openers = errors.length === 0 ? new Map<number, number>() : openersIn(documents);
  let lastLineEnd = -1;
  let added = 0;
  for (const error of errors) {
    const [start] = error.pos;
    // One slip makes several diagnostics in the line it is on; only the first one helps.
    if (start <= lastLineEnd) continue;
    const lineEnd = source.indexOf("\n", start);
    lastLineEnd = lineEnd === -1 ? source.length : lineEnd;
    if (added === longestErrorList) break;
    added += 1;
    const { message, remedy } = meaningOf(error);
    const details = { span: spanOf(error, source, openers), ...(remedy === undefined ? {} : { remedy }) };
    collector.add("LYC2006", `not YAML: ${message}`, details);
  }
  return errors.length > 0;
}

/** By the offset behind a quoted text or a bracket's content, the offset of what opened it. */
function openersIn(documents: readonly Document.Parsed[]): Map<number, number> {
  const openers = new Map<number, number>();
  for (const document of documents) {
    visit(document, {
      Scalar: (_, { type, range }) => {
        if (type?.startsWith("QUOTE_") && range) openers.set(range[1], range[0]);
      },
      Collection: (_, { flow, range }) => {
        if (flow && range) openers.set(range[1], range[0]);
      },
    });
  }
  return openers;
}

function meaningOf(error: YAMLError): { message: string; remedy?: string } {
  const [, sentence, advice] = sentences.find(([start]) => error.message.startsWith(start)) ?? [];
  if (sentence !== undefined) return { message: sentence, ...(advice === undefined ? {} : { remedy: advice }) };
  const meaning = meanings[error.code];
  if (meaning !== undefined) return meaning;
  // What is left names signs and kinds of tokens; a quote or a colon may start a piece of the text.
  const message = error.message.split(/["'`\n]|: /, 1)[0]?.trim() ?? "";
  return { message: message === "" ? "unexpected text" : message.charAt(0).toLowerCase() + message.slice(1) };
}

/** Where to point: at the first word of a line rather than at its indentation, and at what is not closed rather than behind it. */
function spanOf(
  error: YAMLError,
  source: string,
  openers: ReadonlyMap<number, number>,
): { start: number; end: number } {
  let [start, end] = error.pos;
  const opened = /^Missing closing |^Flow (map|sequence) /.test(error.message) ? openers.get(start) : undefined;
  if (opened !== undefined) return { start: opened, end: opened + 1 };
  if (start === 0 || source.charAt(start - 1) === "\n") {
    while (source.charAt(start) === " ") start += 1;
    end = Math.max(start, end);
  }
  return { start, end };
}
