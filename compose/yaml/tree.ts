import { type Document, isAlias, isMap, isScalar, isSeq, type ParsedNode, type Scalar, type YAMLMap } from "yaml";
import type { DiagnosticCollector } from "../diagnostics/diagnostic";
import { type ComposePath, type LineIndex, printableKey, type Span, startOf } from "../diagnostics/position";
import { type ComposeEntry, type ComposeNode, mappingNode, NODE_WEIGHT, sequenceNode } from "../model/model";
import { DEEPEST_NESTING } from "./documents";
import { CORE_TAG, isReadOtherwise, nameOfTag, readScalar } from "./read-scalar";
import { describe, isDate } from "./structure";
import { UNKNOWN_MARKER } from "./text";

/**
 * The approximate size of an entry that a merge key adds to a mapping, in bytes. The entry is a copy, so it counts for
 * `HEAVIEST_EXPANSION`.
 */
const MERGED_WEIGHT = 32;
const MOST_REPLACED = 10_000;
/** The largest approximate number of bytes that aliases and merge keys may add to a document. */
const HEAVIEST_EXPANSION = 10_000_000;

/** A parsed document as a tree of nodes. */
export interface BuiltTree {
  readonly root: ComposeNode;
  /**
   * The paths of values with the tag `!reset` or `!override`. A merge of files removes the earlier values at these
   * paths.
   */
  readonly replaced: readonly ComposePath[];
}

/**
 * Converts a YAML document to nodes with positions. Resolves aliases and merge keys, and reads scalars as Compose does.
 */
export function buildTree(document: Document.Parsed, lines: LineIndex, collector: DiagnosticCollector): BuiltTree {
  const builder = new TreeBuilder(lines, collector);
  const root = builder.build(document.contents, document.range[0]) ?? builder.nothing(document.range[0]);
  return { root, replaced: builder.replaced };
}

/**
 * The node of an anchor, or its state: `open` while the node is being made, or `dropped` if the value has the tag
 * `!reset`.
 */
type Anchor = ComposeNode | "open" | "dropped";

class TreeBuilder {
  private readonly anchors = new Map<string, Anchor>();
  private readonly path: (string | number)[] = [];
  /**
   * The nodes that replace two kinds of aliases: those without a valid anchor, and those that would make the document
   * too large. The alias has its own diagnostic, so these nodes need none.
   */
  private readonly placeholders = new Set<ComposeNode>();
  private readonly overrides = new Set<ComposeNode>();
  /** The approximate number of bytes that aliases and merge keys have added. */
  private expanded = 0;
  /** The paths of values with the tag `!reset` or `!override`. */
  readonly replaced: ComposePath[] = [];

  constructor(
    private readonly lines: LineIndex,
    private readonly collector: DiagnosticCollector,
  ) {}

  nothing(offset: number): ComposeNode {
    return {
      kind: "scalar",
      value: null,
      style: "plain",
      span: { start: offset, end: offset },
      weight: NODE_WEIGHT,
      height: 0,
    };
  }

  /** Makes a node. Returns `undefined` for a value with the tag `!reset`, because Compose removes this value. */
  build(node: ParsedNode | null | undefined, emptyAt: number): ComposeNode | undefined {
    if (node === null || node === undefined) return this.nothing(emptyAt);
    if (isAlias(node)) return this.alias(node.source, spanOf(node));
    if (node.tag !== undefined) this.checkTag(node.tag, spanOf(node));
    const { anchor } = node;
    if (anchor !== undefined) this.anchors.set(anchor, "open");
    const built = node.tag === "!reset" ? undefined : this.collectionOrScalar(node);
    if (built === undefined || node.tag === "!override") this.noteReplaced();
    if (built !== undefined && node.tag === "!override") this.overrides.add(built);
    if (anchor !== undefined) this.anchors.set(anchor, built ?? "dropped");
    return built;
  }

  private checkTag(tag: string, span: Span): void {
    if (!isReadOtherwise(tag)) return;
    const message = `Compose may read a value with ${nameOfTag(tag)} in another way`;
    const remedy = "Write the value itself, without the tag.";
    this.collector.add("LYC2006", message, { span, path: [...this.path], remedy });
  }

  private collectionOrScalar(node: ParsedNode): ComposeNode {
    if (isMap(node)) return this.mapping(node as YAMLMap.Parsed);
    if (isSeq(node)) {
      const span = this.trimmed(spanOf(node));
      const items: ComposeNode[] = [];
      for (const item of node.items as ParsedNode[]) {
        this.path.push(items.length);
        const built = this.build(item, span.end);
        this.path.pop();
        if (built !== undefined) items.push(built);
      }
      return this.withinDepth(sequenceNode(items, span));
    }
    return this.scalar(node as Scalar.Parsed);
  }

  private alias(name: string, span: Span): ComposeNode | undefined {
    const target = this.anchors.get(name);
    if (target === "dropped") {
      this.noteReplaced();
      return undefined;
    }
    if (target === undefined || target === "open") {
      const isOpen = target === "open";
      const message = `the alias *${printableKey(name)} ${isOpen ? "stands inside what it names" : "has no anchor before it"}`;
      this.collector.add(isOpen ? "LYC2012" : "LYC2011", message, { span, path: [...this.path] });
      return this.placeholder(span.start);
    }
    if (this.overrides.has(target)) this.noteReplaced();
    return this.expand(target.weight, span) ? target : this.placeholder(span.start);
  }

  /**
   * Records the current path, because its value has the tag `!reset` or `!override`. `<<` is left out of the path: a
   * key below `<<` belongs to the mapping that has the `<<`.
   */
  private noteReplaced(): void {
    if (this.replaced.length < MOST_REPLACED) this.replaced.push(this.path.filter((step) => step !== "<<"));
  }

  /** Makes a node that every rule accepts, so that an error about a value causes no further diagnostics. */
  private placeholder(offset: number): ComposeNode {
    const node: ComposeNode = { ...this.nothing(offset), kind: "scalar", value: UNKNOWN_MARKER, style: "plain" };
    this.placeholders.add(node);
    return node;
  }

  private mapping(node: YAMLMap.Parsed): ComposeNode {
    const span = this.trimmed(spanOf(node));
    const entries = new Map<string, ComposeEntry>();
    // The keys whose values have the tag `!reset`. They are not in `entries`, but a second key of the same name is an
    // error.
    let emptied: Map<string, Span> | undefined;
    let merge: { readonly value: ParsedNode | null; readonly keySpan: Span } | undefined;
    for (const { key, value } of node.items) {
      const keySpan = key === null ? startOf(span) : spanOf(key);
      const name = this.keyName(key, keySpan);
      if (name === undefined) continue;
      const isMerge = name === "<<" && isMergeKey(key);
      const merging = name === "<<" ? merge?.keySpan : undefined;
      const earlier = merging ?? entries.get(name)?.keySpan ?? emptied?.get(name);
      if (earlier !== undefined) {
        const line = this.lines.position(earlier.start).line;
        const message = `the key ${printableKey(name)} is already there, on line ${line}`;
        this.collector.add("LYC2007", message, { span: keySpan, path: [...this.path, name] });
        continue;
      }
      if (isMerge) {
        merge = { value, keySpan };
        continue;
      }
      this.path.push(name);
      const built = this.build(value, keySpan.end);
      this.path.pop();
      if (built !== undefined) entries.set(name, { keySpan, node: built, merged: false });
      else emptied = (emptied ?? new Map()).set(name, keySpan);
    }
    if (merge !== undefined) this.merge(entries, merge.value, merge.keySpan);
    return this.withinDepth(mappingNode(entries, span));
  }

  /**
   * Adds the entries of a merge key to a mapping. The mapping's own entries win over merged entries. If several merged
   * mappings have the same key, the first one wins.
   */
  private merge(entries: Map<string, ComposeEntry>, value: ParsedNode | null, keySpan: Span): void {
    this.path.push("<<");
    const built = this.build(value, keySpan.end);
    this.path.pop();
    const sources = built?.kind === "sequence" ? built.items : built === undefined ? [] : [built];
    for (const source of sources) {
      if (source.kind !== "mapping") {
        const span = value === null ? keySpan : spanOf(value);
        const message = "the merge key << takes a mapping or a list of mappings";
        // An alias that cannot be resolved might add any key. With this entry, no key counts as missing.
        if (this.placeholders.has(source)) entries.set(UNKNOWN_MARKER, { keySpan, node: source, merged: true });
        else this.collector.add("LYC2013", message, { span, path: [...this.path, "<<"] });
        continue;
      }
      if (!this.expand(MERGED_WEIGHT * source.entries.size, keySpan)) return;
      for (const [name, entry] of source.entries) {
        if (!entries.has(name)) entries.set(name, { ...entry, merged: true });
      }
    }
  }

  private keyName(key: ParsedNode | null, span: Span): string | undefined {
    const node = key === null ? undefined : this.build(key, span.start);
    const isText = node?.kind === "scalar" && typeof node.value === "string" && node.number === undefined;
    if (isText && !isDate(node)) return String(node.value);
    const found = node === undefined ? "empty" : describe(node);
    this.collector.add("LYC2014", `a key must be a string, and this one is ${found}`, { span, path: [...this.path] });
    return undefined;
  }

  private scalar(node: Scalar.Parsed): ComposeNode {
    const span = spanOf(node);
    const scalar = readScalar(node, span, (tag) => {
      this.collector.add("LYC2015", `the value does not fit its tag !!${tag}`, { span, path: [...this.path] });
    });
    return this.isCutOff(node, span) ? withoutLastBreak(scalar) : scalar;
  }

  /**
   * Whether a block scalar reaches the end of the text without a line break after its last line. Compose then reads no
   * line break at the end of the value.
   */
  private isCutOff({ type }: Scalar.Parsed, { end }: Span): boolean {
    const { text } = this.lines;
    if (!(type ?? "").startsWith("BLOCK_") || end < text.length) return false;
    // If the last line has only white space, it is not part of the scalar. The scalar then ends with a line break.
    const last = Math.max(text.lastIndexOf("\n"), text.lastIndexOf("\r")) + 1;
    return text.slice(last).trim() !== "";
  }

  /** Returns the collection unchanged. Reports the first collection that is nested too deeply because of aliases. */
  private withinDepth(node: ComposeNode): ComposeNode {
    if (node.height > DEEPEST_NESTING && !this.collector.has("LYC2009")) {
      const message = `with its aliases written out, this is nested more than ${DEEPEST_NESTING} levels deep`;
      this.collector.add("LYC2009", message, { span: startOf(node.span), path: [...this.path] });
    }
    return node;
  }

  /**
   * Adds `weight` to `expanded`. If `expanded` is then over `HEAVIEST_EXPANSION`, returns `false`, and reports an error
   * if there is no such error yet.
   */
  private expand(weight: number, span: Span): boolean {
    this.expanded += weight;
    if (this.expanded <= HEAVIEST_EXPANSION) return true;
    const message = "the document grows beyond 10 MB when its aliases are written out";
    if (!this.collector.has("LYC2010")) this.collector.add("LYC2010", message, { span, path: [...this.path] });
    return false;
  }

  /** Returns the span of a collection without the blank lines at its end. */
  private trimmed(span: Span): Span {
    const { text } = this.lines;
    let { end } = span;
    while (end > span.start && /\s/.test(text.charAt(end - 1))) end -= 1;
    return { start: span.start, end };
  }
}

/**
 * Whether a key `<<` is a merge key. If the key has a tag, only the tag decides. Without a tag, a key without quotes is
 * a merge key.
 */
function isMergeKey(key: ParsedNode | null): boolean {
  if (!isScalar(key)) return false;
  return key.tag === undefined ? key.type === "PLAIN" : key.tag === `${CORE_TAG}merge`;
}

function withoutLastBreak(node: ComposeNode): ComposeNode {
  if (node.kind !== "scalar" || typeof node.value !== "string") return node;
  return { ...node, value: node.value.replace(/\n$/, "") };
}

function spanOf(node: { readonly range?: readonly [number, number, number] | null | undefined }): Span {
  const range = node.range ?? [0, 0, 0];
  return { start: range[0], end: range[1] };
}
