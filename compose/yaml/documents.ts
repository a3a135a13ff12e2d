import { Composer, type CST, type Document, Lexer, Parser } from "yaml";
import type { DiagnosticCollector } from "../diagnostics/diagnostic";
import { FlowDepth } from "./flow-depth";
import { TabChecker } from "./tabs";
import { addRefused } from "./yaml-errors";

/**
 * The largest number of nested levels in a document. Compose documents need about a dozen. With this limit, a text of 1
 * MB takes about the time and memory that an ordinary project of 1 MB takes, whatever its nesting.
 */
export const DEEPEST_NESTING = 100;

/**
 * The largest number of documents that are read from one text. Only one document is allowed. The others are read to
 * report their errors.
 */
const MOST_DOCUMENTS = 20;

/** The YAML documents of a text. */
export interface YamlDocuments {
  /** The number of documents, including those that were not read. */
  readonly count: number;
  readonly documents: readonly Document.Parsed[];
  readonly directives: readonly CST.Directive[];
}

/**
 * Returns the YAML documents of a text, at least one. Each document contains the errors that the YAML library found in
 * it. Returns `undefined` if the text is nested too deeply to be read.
 */
export function readDocuments(source: string, collector: DiagnosticCollector): YamlDocuments | undefined {
  const limit = Error.stackTraceLimit;
  // Each error of the library is an Error object. A hostile text can cause 100 000 errors. Their stack traces would
  // take seconds.
  Error.stackTraceLimit = 0;
  try {
    const tokens = tokenize(source, collector);
    if (tokens === undefined || checkCollections(tokens, source, collector)) return undefined;
    const starts = tokens.flatMap(({ type }, index) => (type === "document" ? [index] : []));
    // `tree.ts` checks keys, because the library would compare each key with every other key. `tree.ts` also resolves
    // scalars, because Compose reads them in its own way.
    const composer = new Composer({ schema: "failsafe", uniqueKeys: false, merge: false, resolveKnownTags: false });
    const composed = composer.compose(tokens.slice(0, starts[MOST_DOCUMENTS]), true, source.length);
    const documents = [...composed] as Document.Parsed[];
    const directives = tokens.filter((token) => token.type === "directive");
    return { documents, count: Math.max(starts.length, documents.length), directives };
  } finally {
    Error.stackTraceLimit = limit;
  }
}

function tokenize(source: string, collector: DiagnosticCollector): CST.Token[] | undefined {
  const parser = new Parser();
  const tokens: CST.Token[] = [];
  let before = "";
  const flow = new FlowDepth();
  const tabs = new TabChecker(collector, flow);
  for (const lexeme of new Lexer().lex(source)) {
    if (lexeme === "," && before.startsWith("!")) {
      const remedy = "Write a space in front of the comma, or remove the tag.";
      addRefused(collector, parser.offset, "a comma directly behind a tag", remedy);
    }
    // The token of an empty scalar has no text and does not count.
    if (lexeme !== "" && lexeme !== "\u001f") before = lexeme;
    if (!flow.isContent) checkLexeme(lexeme, parser.offset, collector);
    tabs.next(lexeme, parser.offset);
    flow.next(lexeme);
    // The library keeps a list for each open level. A megabyte of brackets would take a gigabyte of memory.
    if (flow.depth > DEEPEST_NESTING || flow.opened > DEEPEST_NESTING) {
      addTooDeep(parser.offset, collector);
      return undefined;
    }
    for (const token of parser.next(lexeme)) tokens.push(token);
  }
  for (const token of parser.end()) tokens.push(token);
  return tokens;
}

/**
 * Returns true if the collections are nested too deeply for the recursive composer of the YAML library, and reports
 * this. On the way, reports wrong explicit keys (`? key`) in the collections.
 */
function checkCollections(tokens: readonly CST.Token[], source: string, collector: DiagnosticCollector): boolean {
  const open: { readonly token: CST.Token; readonly depth: number }[] = tokens.map((token) => ({ token, depth: 0 }));
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const { token, depth } = next;
    if (depth > DEEPEST_NESTING) {
      addTooDeep(token.offset, collector);
      return true;
    }
    if (token.type === "block-map") checkExplicitKeys(token, source, collector);
    for (const inner of innerTokens(token)) {
      if (isCollection(inner)) open.push({ token: inner, depth: depth + 1 });
    }
  }
  return false;
}

function addTooDeep(offset: number, collector: DiagnosticCollector): void {
  const span = { start: offset, end: offset };
  collector.add("LYC2009", `the document is nested more than ${DEEPEST_NESTING} levels deep here`, { span });
}

/**
 * Reports each `:` of an explicit key (`? key`) that is not in the column of the `?`. The YAML library accepts any
 * column, but Compose's YAML reader does not.
 */
function checkExplicitKeys(mapping: CST.BlockMap, source: string, collector: DiagnosticCollector): void {
  for (const { start, sep } of mapping.items) {
    const question = start.find(({ type }) => type === "explicit-key-ind");
    const colon = sep?.find(({ type }) => type === "map-value-ind");
    if (question === undefined || colon === undefined) continue;
    if (columnOf(question.offset, source) === columnOf(colon.offset, source)) continue;
    const remedy = "Write it under the ?, or write the key without one.";
    addRefused(collector, colon.offset, "this : is not in the column of the ? of its key", remedy);
  }
}

function columnOf(offset: number, source: string): number {
  return offset - (source.lastIndexOf("\n", offset - 1) + 1);
}

function* innerTokens(token: CST.Token): Generator<CST.Token> {
  if (token.type === "document") {
    if (token.value !== undefined) yield token.value;
  } else if (isCollection(token)) {
    for (const { key, value } of token.items) {
      if (key != null) yield key;
      if (value !== undefined) yield value;
    }
  }
}

function isCollection(token: CST.Token): token is CST.BlockMap | CST.BlockSequence | CST.FlowCollection {
  return token.type === "block-map" || token.type === "block-seq" || token.type === "flow-collection";
}

/**
 * Reports a token that Compose's YAML reader refuses although the YAML library accepts it. Examples are some escapes,
 * and unusual names of anchors and tags.
 *
 * @param lexeme the token, which is never plain text
 * @param offset the offset of the token
 */
function checkLexeme(lexeme: string, offset: number, collector: DiagnosticCollector): void {
  const sign = lexeme[0];
  if (sign === '"') checkEscapes(lexeme, offset, collector);
  else if (sign === "&" || sign === "*")
    checkName(lexeme, /[^A-Za-z0-9_-]/g, "the name of an anchor", offset, collector);
  else if (lexeme === "!") {
    // In YAML, the tag `!` makes a number a text. Compose does not know this tag.
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

/**
 * Reports escapes that YAML readers read differently: `\/`, half of a surrogate pair, and an escaped line break before
 * an empty line.
 */
function checkEscapes(text: string, offset: number, collector: DiagnosticCollector): void {
  for (let at = text.indexOf("\\"); at !== -1; at = text.indexOf("\\", at + 2)) {
    const sign = text[at + 1];
    const span = { start: offset + at, end: offset + at + 2 };
    if (sign === "/") {
      const message = "it does not know the escape sequence \\/";
      addRefused(collector, span.start, message, "Write / without a backslash.", 2);
    } else if ((sign === "\n" || sign === "\r") && EMPTY_LINE.test(text.slice(at + 1, at + LONGEST_INDENT))) {
      collector.add("LYC2006", "an empty line behind a backslash is read in different ways", {
        span: { ...span, end: span.start + 1 },
        remedy: "Write the line break as `\\n`.",
      });
    } else if (SURROGATE.test(text.slice(at + 1, at + 10))) {
      const message = "an escape stands for half of a surrogate pair";
      collector.add("LYC2004", message, { span: { ...span, end: span.start + (sign === "u" ? 6 : 10) } });
    }
  }
}

const SURROGATE = /^(?:u|U0000)[dD][89a-fA-F]/;
const LONGEST_INDENT = 1_000;
const EMPTY_LINE = /^\r?\n[ \t]*(?:[\r\n]|$)/;
