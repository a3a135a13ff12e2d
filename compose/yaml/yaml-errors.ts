import { type Document, visit, type YAMLError } from "yaml";
import type { DiagnosticCollector } from "../diagnostics/diagnostic";
import type { Span } from "../diagnostics/position";
import { oddCharacterRemedy } from "./odd-characters";

const LONGEST_ERROR_LIST = 20;

/**
 * The messages for errors of the YAML library. No message contains a part of the text. A row begins with the library's
 * code, or with the beginning of the library's message.
 */
const MEANINGS: readonly (readonly [startOrCode: string, message: string, remedy: string])[] = [
  [
    "A block sequence may not be used as an implicit map key",
    "a list cannot stand here: the key above has a value",
    "Remove the value of the key, or indent the list under a key of its own.",
  ],
  ["Missing closing ", "a quote is opened here and not closed", "Add the closing quote."],
  ["Unexpected flow-", "a bracket or brace is closed here that was not opened", "Remove it, or add the opening one."],
  ["Unexpected scalar", "there is more text here than the value takes", "Put the value in quotes."],
  [
    "Unexpected double-quoted-scalar",
    "there is more text here than the value takes",
    "Put the whole value in quotes, or remove the rest.",
  ],
  [
    "Unexpected single-quoted-scalar",
    "there is more text here than the value takes",
    "Put the whole value in quotes, or remove the rest.",
  ],
  ["Unexpected , ", "a comma stands where a value belongs", "Remove it, or put the value in quotes."],
  ["Unexpected empty item", "there is nothing between two commas", "Remove one of the commas."],
  ["Missing , ", "the comma between two items is missing", "Add the comma, or put a value with spaces in quotes."],
  ["Missing space after :", "a space is missing behind the colon", "Write `: `."],
  ["Missing newline", "the list must start on a line of its own", "Start the list on the next line."],
  ["Missing directives-end", "a directive must be followed by ---", "Remove the directive, or add the line ---."],
  ["Implicit map keys", "a key must be followed by `: `", "Add the missing `: `, or correct the indentation."],
  ["Sequence item without", "an item of a list must start with `- `", "Add the `- `, or correct the indentation."],
  ["Comments must be separated", "a comment must have a space in front", "Write a space in front of the #."],
  ["Tags and anchors must", "a space is missing behind a tag or an anchor", "Add the space."],
  ["Block collection cannot start", "nothing may follow --- in its line", "Start on the next line."],
  ["Block scalar lines", "the lines of the text are indented less than it needs", "Indent them like the first line."],
  ["Block scalar values", "the lines of the text are not indented", "Indent them more than their key."],
  ["Block scalars with more-indented", "an empty line is indented more than the text", "Remove spaces in empty lines."],
  [
    "Unexpected block-",
    "a list or mapping cannot start here",
    "Start it on a line of its own, indented more than its key.",
  ],
  ["Block scalar header", "the line with | or > holds other text", "Start the text on the next line."],
  [
    "All mapping items must start at the same column",
    "the line is not indented like the keys it belongs to",
    "Indent the line like the other keys.",
  ],
  [
    "All sequence items must start at the same column",
    "the line is not indented like the items it belongs to",
    "Indent the line like the other items.",
  ],
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
  ["ALIAS_PROPS", "an alias takes neither an anchor nor a tag", "Remove the anchor or tag."],
  [
    "BAD_ALIAS",
    "the name of the anchor or alias is empty",
    "Write a name behind the & or *, or put the value in quotes.",
  ],
  ["BAD_COLLECTION_TYPE", "the tag does not fit a collection of this kind", "Remove the tag."],
  [
    "BAD_DQ_ESCAPE",
    "the text in double quotes holds an escape sequence that YAML does not have",
    "Write a backslash as `\\\\`, or use single quotes.",
  ],
  ["BAD_PROP_ORDER", "the anchor or tag must stand behind the indicator", "Move it behind the `- `, `? ` or `: `."],
  ["BAD_SCALAR_START", "a value without quotes cannot start with this character", "Put the value in quotes."],
  [
    "BLOCK_AS_IMPLICIT_KEY",
    "a key and its value cannot start here: the value on the same line has a `: ` of its own",
    "The value holds `: `, so put it in quotes. A nested mapping starts on a line of its own.",
  ],
  [
    "BLOCK_IN_FLOW",
    "an indented block cannot stand inside brackets or braces",
    "Write the block with brackets or braces too, or remove those around it.",
  ],
  ["KEY_OVER_1024_CHARS", "a key is at most 1024 characters long", "Shorten the key."],
  [
    "MULTILINE_IMPLICIT_KEY",
    "a key must be on one line, followed by `: `",
    "Add the missing `: `, or put a value of several lines in quotes.",
  ],
  ["MULTIPLE_ANCHORS", "a value has at most one anchor", "Remove one of the anchors."],
  ["MULTIPLE_TAGS", "a value has at most one tag", "Remove one of the tags."],
  ["RESOURCE_EXHAUSTION", "the document is too involved to be read", "Use fewer aliases and fewer levels."],
  ["TAB_AS_INDENT", "a tab cannot indent a line", "Indent with spaces."],
  ["TAG_RESOLVE_FAILED", "the tag cannot be resolved", "Remove the tag, or correct its name."],
];

/** Reports a part of the text that Compose's YAML reader refuses although the YAML library accepts it. */
export function addRefused(
  collector: DiagnosticCollector,
  offset: number,
  message: string,
  remedy: string,
  length = 1,
): void {
  const span = { start: offset, end: offset + length };
  collector.add("LYC2006", `not YAML to Compose: ${message}`, { span, remedy });
}

/** Reports the errors of the YAML library, at most one for each line. Returns true if the library found an error. */
export function addSyntaxErrors(
  documents: readonly Document.Parsed[],
  source: string,
  collector: DiagnosticCollector,
): boolean {
  const errors = documents
    .flatMap((document) => document.errors)
    .filter((error) => !isReadableComment(error, source))
    .sort((a, b) => a.pos[0] - b.pos[0]);
  const openers = errors.length === 0 ? new Map<number, number>() : openersIn(documents);
  const refused = errors.length === 0 ? new Set<number>() : linesOf(collector, source);
  let lastLineEnd = -1;
  let added = 0;
  for (const error of errors) {
    const [start] = error.pos;
    // Only the first error on a line is useful, because one mistake may cause several errors.
    if (start <= lastLineEnd || refused.has(lineStart(source, start))) continue;
    const lineEnd = source.indexOf("\n", start);
    lastLineEnd = lineEnd === -1 ? source.length : lineEnd;
    if (added === LONGEST_ERROR_LIST) break;
    added += 1;
    // In a long line, only the first characters are searched for a template or a misleading character.
    const from = lineStart(source, start);
    const line = source.slice(from, Math.min(lastLineEnd, from + 1_000));
    const isTemplate = TEMPLATE.test(line);
    const { message, remedy: usual } = isTemplate ? OF_TEMPLATE : meaningOf(error);
    // A character that looks like a quote or a space may cause an error later in its line. So the line is searched for
    // such characters.
    const remedy = oddCharacterRemedy(line) ?? usual;
    collector.add("LYC2006", `not YAML: ${message}`, { span: spanOf(error, source, openers), remedy });
    if (isTemplate) break;
  }
  return errors.length > 0;
}

/**
 * Whether an error is about a comment directly after a quoted text or after the sign of a block (`|`, `>`). This error
 * does not count, because the library reads the comment anyway and Compose accepts it.
 */
function isReadableComment({ message, pos: [start] }: YAMLError, source: string): boolean {
  if (!message.startsWith("Comments must be separated")) return false;
  return /["']$|(?:^|\s)[|>][-+0-9]{0,2}$/.test(source.slice(Math.max(0, start - 4), start));
}

/** Returns the starts of the lines that already have a diagnostic. */
function linesOf(collector: DiagnosticCollector, source: string): ReadonlySet<number> {
  return new Set(collector.all().map(({ range }) => lineStart(source, range?.start.offset ?? 0)));
}

function lineStart(source: string, offset: number): number {
  return offset === 0 ? 0 : source.lastIndexOf("\n", offset - 1) + 1;
}

/** Maps the end of each quoted text, and of each collection in brackets, to the offset of its opening sign. */
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

function meaningOf({ code, message }: YAMLError): { message: string; remedy?: string | undefined } {
  const [, meaning = "unexpected text", remedy] =
    MEANINGS.find(([start]) => message.startsWith(start) || start === code) ?? [];
  return { message: meaning, remedy };
}

/** Matches a template of Helm, Jinja or a similar tool. Outside of quotes, valid YAML rarely contains such text. */
const TEMPLATE = /\{\{-? *(?:\.|\$|if |range |with |end|define |include |template |toYaml)|\{% /;

/** The message and the remedy for a template that is not rendered yet. */
const OF_TEMPLATE = {
  message: "the text is a template (`{{ … }}`)",
  remedy: "Render it first, for example with `helm template`, and name the result.",
};

/**
 * Returns the span to underline for an error. For a missing closing sign, returns the opening sign. An error at the
 * start of a line starts after the indentation.
 */
function spanOf(error: YAMLError, source: string, openers: ReadonlyMap<number, number>): Span {
  let [start, end] = error.pos;
  const opened = /^Missing closing |^Flow (map|sequence) /.test(error.message) ? openers.get(start) : undefined;
  if (opened !== undefined) return { start: opened, end: opened + 1 };
  if (start === 0 || source.charAt(start - 1) === "\n") {
    while (source.charAt(start) === " ") start += 1;
    end = Math.max(start, end);
  }
  return { start, end };
}
