import type { ComposeEntry, ComposeNode, MappingNode } from "../model";
import type { Span } from "../position";

export type { MappingNode } from "../model";
/** A sequence with places. */
export type SequenceNode = Extract<ComposeNode, { kind: "sequence" }>;
/** A scalar with its place. */
export type ScalarNode = Extract<ComposeNode, { kind: "scalar" }>;

const weightOfNode = 8;

/** A mapping made of entries that have places of their own. */
export function mappingNode(entries: ReadonlyMap<string, ComposeEntry>, span: Span): MappingNode {
  let weight = weightOfNode;
  let height = 0;
  for (const [key, { node }] of entries) {
    weight += key.length + node.weight;
    height = Math.max(height, node.height);
  }
  return { kind: "mapping", entries, span, weight, height: height + 1 };
}

/** A sequence made of items that have places of their own. */
export function sequenceNode(items: readonly ComposeNode[], span: Span): SequenceNode {
  let weight = weightOfNode;
  let height = 0;
  for (const item of items) {
    weight += item.weight;
    height = Math.max(height, item.height);
  }
  return { kind: "sequence", items, span, weight, height: height + 1 };
}

/** A scalar that was not written as such; `secret` when it holds what must not be shown. */
export function scalarNode(value: ScalarNode["value"], span: Span, secret = false): ScalarNode {
  const weight = weightOfNode + (typeof value === "string" ? value.length : 8);
  return { kind: "scalar", value, style: "quoted", span, weight, height: 0, ...(secret ? { secret } : {}) };
}

/** An entry whose key stands where its value does, unless it has a place of its own. */
export function entryOf(node: ComposeNode, keySpan: Span = node.span): ComposeEntry {
  return { keySpan, node, merged: false };
}

/** The value of a key; `undefined` for anything but a mapping that has it. */
export function valueAt(node: ComposeNode | undefined, key: string): ComposeNode | undefined {
  return node?.kind === "mapping" ? node.entries.get(key)?.node : undefined;
}

/** The text of a string scalar. */
export function textOf(node: ComposeNode | undefined): string | undefined {
  return node?.kind === "scalar" && typeof node.value === "string" ? node.value : undefined;
}

/** The same mapping with one entry changed, added or (with `undefined`) taken out; itself when that changes nothing. */
export function withEntry(node: MappingNode, key: string, value: ComposeNode | undefined): MappingNode {
  const before = node.entries.get(key);
  if (before?.node === value) return node;
  const entries = new Map(node.entries);
  if (value === undefined) entries.delete(key);
  else entries.set(key, before === undefined ? entryOf(value) : { ...before, node: value });
  return mappingNode(entries, node.span);
}

/** The same mapping without some of its keys. */
export function withoutKeys(node: MappingNode, keys: readonly string[]): MappingNode {
  if (!keys.some((key) => node.entries.has(key))) return node;
  return mappingNode(new Map([...node.entries].filter(([key]) => !keys.includes(key))), node.span);
}

/** The same mapping with every value changed; a value that becomes `undefined` goes. Itself when that changes nothing. */
export function mapValues(
  node: MappingNode,
  change: (value: ComposeNode, key: string) => ComposeNode | undefined,
): MappingNode {
  const entries = new Map<string, ComposeEntry>();
  let changed = false;
  for (const [key, entry] of node.entries) {
    const value = change(entry.node, key);
    changed ||= value !== entry.node;
    if (value !== undefined) entries.set(key, value === entry.node ? entry : { ...entry, node: value });
  }
  return changed ? mappingNode(entries, node.span) : node;
}

/** The same tree with all its places moved; nodes that were shared stay shared. */
export function moved(root: ComposeNode, by: number): ComposeNode {
  if (by === 0) return root;
  const shift = (span: Span): Span => ({ start: span.start + by, end: span.end + by });
  const known = new Map<ComposeNode, ComposeNode>();
  const move = (node: ComposeNode): ComposeNode => {
    const before = known.get(node);
    if (before !== undefined) return before;
    const span = shift(node.span);
    let result: ComposeNode;
    if (node.kind === "scalar") result = { ...node, span };
    else if (node.kind === "sequence") result = { ...node, span, items: node.items.map(move) };
    else {
      const entries = new Map<string, ComposeEntry>();
      for (const [key, entry] of node.entries) {
        entries.set(key, { ...entry, keySpan: shift(entry.keySpan), node: move(entry.node) });
      }
      result = { ...node, span, entries };
    }
    known.set(node, result);
    return result;
  };
  return move(root);
}
