import { type ReadingCode, readingCatalogue } from "./catalogue";
import { type Diagnostic, DiagnosticCollector } from "./diagnostic";
import { type ComposeMapping, type ComposeNode, type MappingNode, plainValue } from "./model";
import { parseYaml } from "./parse";
import type { ComposePath } from "./path";
import { LineIndex } from "./position";
import { checkStructure } from "./structure";
import { checkCharacters, decodeUtf8, isTooLarge, largestComposeText, unknownMarker } from "./text";
import { buildTree } from "./tree";

/** A compose text that can be compared and run. */
export interface ComposeDocument {
  readonly kind: "document";
  /** The document as plain data: aliases and merge keys resolved, `!reset` entries taken out. */
  readonly model: ComposeMapping;
  /** The same with the place of every key and value. */
  readonly root: MappingNode;
  /** The text, without a byte order mark when it came as bytes. */
  readonly text: string;
  /** Finds lines in `text`. */
  readonly lines: LineIndex;
}

/**
 * What reading a compose text ends in. `diagnostics`: every diagnostic at once, never none. `unknown`: the text is made of
 * something that is not known yet (a preview), so nothing is validated.
 */
export type ReadResult =
  | ComposeDocument
  | { readonly kind: "diagnostics"; readonly diagnostics: readonly Diagnostic[] }
  | { readonly kind: "unknown" };

/**
 * Reads a compose text: a string, or bytes of UTF-8. Only diagnostics are raised that Compose itself would certainly
 * refuse, or that keep the text from being compared. Never throws; time and memory are bounded for any input
 * (1 MB of text, 100 levels, aliases that expand to 10 MB).
 */
export function readCompose(input: unknown): ReadResult {
  if (isUnknown(input)) return { kind: "unknown" };
  const read = readTree(input, (lines) => new DiagnosticCollector<ReadingCode>(lines, undefined, readingCatalogue));
  const { root, text, collector } = read;
  if (root === undefined || !checkStructure(root, text, collector) || collector.any) {
    return { kind: "diagnostics", diagnostics: collector.all() };
  }
  return documentOf(root, read);
}

/** A document without diagnostics. */
export function documentOf(
  root: MappingNode,
  { text, lines }: { readonly text: string; readonly lines: LineIndex },
): ComposeDocument {
  let model: ComposeMapping | undefined;
  return {
    kind: "document",
    // Made when it is asked for: who only validates a text has no need of it.
    get model() {
      model ??= plainValue(root) as ComposeMapping;
      return model;
    },
    root,
    text,
    lines,
  };
}

/** A text as a tree; without a root when its YAML is not valid, for the reasons in `collector`. */
export interface ReadTree<Collector> {
  readonly root?: ComposeNode;
  /** Paths of what is tagged `!reset` or `!override`; counts where files are merged. */
  readonly replaced: readonly ComposePath[];
  readonly text: string;
  readonly lines: LineIndex;
  readonly collector: Collector;
}

/** The first half of `readCompose`: the text and its YAML. What the tree means is for the caller to validate. */
export function readTree<Collector extends DiagnosticCollector>(
  input: unknown,
  collect: (lines: LineIndex) => Collector,
): ReadTree<Collector> {
  const isBytes = input instanceof Uint8Array;
  const isLarge = isBytes ? input.byteLength > largestComposeText : typeof input === "string" && isTooLarge(input);
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
  if (typeof input === "string") return input.includes(unknownMarker);
  return (
    input instanceof Uint8Array && Buffer.from(input.buffer, input.byteOffset, input.byteLength).includes(unknownMarker)
  );
}

function typeName(value: unknown): string {
  if (value === null || value === undefined) return "missing";
  if (Array.isArray(value)) return "a list";
  return typeof value === "object" ? "an object" : `a ${typeof value}`;
}
