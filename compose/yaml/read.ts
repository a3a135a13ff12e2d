import { type Document, isMap, isScalar, isSeq, type ParsedNode, type Scalar } from "yaml";
import { READING_CATALOGUE, type ReadingCode } from "../diagnostics/catalogue";
import { type Diagnostic, DiagnosticCollector } from "../diagnostics/diagnostic";
import { type ComposePath, LineIndex } from "../diagnostics/position";
import { type ComposeMapping, type ComposeNode, type MappingNode, plainValue } from "../model/model";
import { readDocuments } from "./documents";
import { checkStructure } from "./structure";
import { checkCharacters, decodeUtf8, isTooLarge, LARGEST_COMPOSE_TEXT, UNKNOWN_MARKER } from "./text";
import { buildTree } from "./tree";
import { addRefused, addSyntaxErrors } from "./yaml-errors";

/** A Compose text that was read without an error. */
export interface ComposeDocument {
  readonly kind: "document";
  /** The document as plain data. Aliases and merge keys are resolved. Entries with the tag `!reset` are removed. */
  readonly model: ComposeMapping;
  /** The document with the position of every key and value. */
  readonly root: MappingNode;
  /** The text of the document. A text that came as bytes has no byte order mark. */
  readonly text: string;
  /** Converts offsets in `text` to lines and columns. */
  readonly lines: LineIndex;
}

/**
 * The result of reading a Compose text. `diagnostics`: at least one diagnostic was reported. `unknown`: a part of the
 * text is not known yet, so the text is not validated.
 */
export type ReadResult =
  | ComposeDocument
  | { readonly kind: "diagnostics"; readonly diagnostics: readonly Diagnostic[] }
  | { readonly kind: "unknown" };

/**
 * Reads a Compose text: a string or UTF-8 bytes. Reports an error only if Compose certainly refuses the text, or if
 * YAML readers read a part of the text differently. Never throws. Time and memory are limited for any input (1 MB of
 * text, 100 levels, aliases that expand to 10 MB).
 */
export function readCompose(input: unknown): ReadResult {
  if (isUnknown(input)) return { kind: "unknown" };
  const read = readTree(input, (lines) => new DiagnosticCollector<ReadingCode>(lines, undefined, READING_CATALOGUE));
  const { root, text, collector } = read;
  if (root === undefined || !checkStructure(root, text, collector) || collector.any) {
    return { kind: "diagnostics", diagnostics: collector.all() };
  }
  return documentOf(root, read);
}

/** Makes a document from a tree in which the reader has found no error. */
export function documentOf(
  root: MappingNode,
  { text, lines }: { readonly text: string; readonly lines: LineIndex },
): ComposeDocument {
  let model: ComposeMapping | undefined;
  return {
    kind: "document",
    // The plain data is made on demand, because validation does not need it.
    get model() {
      model ??= plainValue(root) as ComposeMapping;
      return model;
    },
    root,
    text,
    lines,
  };
}

/** The tree of nodes of a YAML text. If the YAML cannot be read, `root` is absent, and `collector` has the errors. */
export interface ReadTree<Collector> {
  readonly root?: ComposeNode;
  /** The paths of values with the tag `!reset` or `!override`. A merge of files needs them. */
  readonly replaced: readonly ComposePath[];
  readonly text: string;
  readonly lines: LineIndex;
  readonly collector: Collector;
}

/** Reads a text and its YAML, but does not validate the tree. */
export function readTree<Collector extends DiagnosticCollector>(
  input: unknown,
  collect: (lines: LineIndex) => Collector,
): ReadTree<Collector> {
  const isBytes = input instanceof Uint8Array;
  const isLarge = isBytes ? input.byteLength > LARGEST_COMPOSE_TEXT : typeof input === "string" && isTooLarge(input);
  const text = isLarge ? undefined : isBytes ? decodeUtf8(input) : typeof input === "string" ? input : undefined;
  const lines = new LineIndex(text ?? "");
  const collector = collect(lines);
  const tree = { text: text ?? "", lines, collector, replaced: [] };
  if (text !== undefined) checkCharacters(text, collector);
  else if (isLarge) collector.add("LYC2002", "the text is larger than 1 MB (1048576 bytes of UTF-8)");
  else if (isBytes) collector.add("LYC2004", "the bytes are not UTF-8");
  else collector.add("LYC2001", `the compose document must be a string, and it is ${typeName(input)}`);
  const parsed = text === undefined || collector.any ? undefined : parseYaml(text, collector);
  return parsed === undefined ? tree : { ...tree, ...buildTree(parsed, lines, collector) };
}

function isUnknown(input: unknown): boolean {
  if (typeof input === "string") return input.includes(UNKNOWN_MARKER);
  // `UNKNOWN_MARKER` is ASCII, so each byte can be read as one character.
  return input instanceof Uint8Array && new TextDecoder("latin1").decode(input).includes(UNKNOWN_MARKER);
}

function typeName(value: unknown): string {
  if (value === null || value === undefined) return "missing";
  if (Array.isArray(value)) return "a list";
  return typeof value === "object" ? "an object" : `a ${typeof value}`;
}

const READABLE_DIRECTIVE = /^%(YAML[ \t]+1\.1|TAG[ \t]+\S+[ \t]+\S[^\s#]*)[ \t]*(#.*)?$/;

/**
 * Parses a text with one YAML document. Reports errors to `collector`. Returns `undefined` if reading cannot continue.
 */
function parseYaml(text: string, collector: DiagnosticCollector): Document.Parsed | undefined {
  // In YAML and Compose, a single CR is a line break. The YAML library does not know this line break, so LF replaces
  // it.
  const source = text.includes("\r") ? text.replace(/\r(?!\n)/g, "\n") : text;
  const read = readDocuments(source, collector);
  if (read === undefined) return undefined;

  for (const { offset, source: line } of read.directives) {
    if (READABLE_DIRECTIVE.test(line)) continue;
    const span = { start: offset, end: offset + line.trimEnd().length };
    const remedy = "Remove the line.";
    collector.add("LYC2006", "not YAML: Compose knows no other directives than %YAML 1.1 and %TAG", { span, remedy });
  }

  const { documents } = read;
  const [first, second] = documents;
  if (first === undefined) return undefined;
  if (addSyntaxErrors(documents, source, collector)) return undefined;
  checkFlowColons(first, source, collector);
  if (second !== undefined) {
    const start = Math.max(0, source.lastIndexOf("---", second.contents?.range?.[0] ?? second.range[0]));
    const message = `the text holds ${read.count} YAML documents, and only one can be compared and run`;
    collector.add("LYC2008", message, { span: { start, end: start + 3 } });
  }
  return first;
}

/** The largest number of characters between the start of a key and its colon. Compose's YAML reader has this limit. */
const LONGEST_KEY = 1024;

/**
 * Reports colons and question marks in brackets or braces that Compose reads differently than YAML 1.2. For example,
 * `{A:, B: c}` has a key `A:` in Compose, and `{?A: b}` has a key `A`.
 */
function checkFlowColons(document: Document.Parsed, text: string, collector: DiagnosticCollector): void {
  const add = (at: number, message: string, remedy: string) => addRefused(collector, at, message, remedy);
  const checkScalar = ({ type, range }: Scalar.Parsed) => {
    if (type !== "PLAIN") return;
    if (text.charAt(range[0]) === ":") {
      add(range[0], "text without quotes cannot start with a colon here", "Put the text in quotes.");
    }
    const question = text.slice(range[0], range[1]).indexOf("?");
    if (question === -1) return;
    const message =
      question === 0 ? "a question mark starts a key here" : "a question mark ends text without quotes here";
    add(range[0] + question, message, "Put the text in quotes.");
  };
  const checkKey = ({ type, range }: Scalar.Parsed) => {
    checkLine(range[0], range[1]);
    if (type !== "PLAIN" || !/^:[,[\]{}]/.test(text.slice(range[1], range[1] + 2))) return;
    add(range[1], "the colon is a part of the key", "Write a space behind the colon.");
  };
  const checkLine = (start: number, end: number) => {
    const colon = text.indexOf(":", end);
    // A key after a question mark may have several lines.
    if (/\?\s*$/.test(text.slice(Math.max(0, start - 100), start)) || !/^\s*:/.test(text.slice(end, colon + 1))) return;
    if (text.slice(start, colon).includes("\n")) {
      add(start, "a key in brackets and its colon must be on one line", "Write the key and its colon on one line.");
    } else if (colon - start > LONGEST_KEY) {
      add(start, `a key in brackets is at most ${LONGEST_KEY} characters long`, "Shorten the key.");
    }
  };
  const walk = (node: ParsedNode | null | undefined, within: boolean): void => {
    if (isScalar(node)) {
      if (within) checkScalar(node as Scalar.Parsed);
    } else if (isSeq(node)) {
      for (const item of node.items as ParsedNode[]) walk(item, within || node.flow === true);
    } else if (isMap(node)) {
      const inside = within || node.flow === true;
      for (const { key, value } of node.items) {
        if (inside && isScalar(key)) checkKey(key as Scalar.Parsed);
        walk(key as ParsedNode, inside);
        walk(value as ParsedNode | null, inside);
      }
    }
  };
  walk(document.contents, false);
}
