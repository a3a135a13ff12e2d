import type { Span } from "../diagnostics/position";

/**
 * A value of a Compose document as plain data. A number is a text if JavaScript cannot represent it exactly, or if
 * Compose prints it differently than JavaScript. Mappings have no prototype, so that every key is an ordinary key.
 */
export type ComposeValue = string | number | boolean | null | readonly ComposeValue[] | ComposeMapping;

/**
 * A mapping of a Compose document. A mapping has no prototype, so look up a key with `Object.hasOwn` or plain access.
 */
export interface ComposeMapping {
  readonly [key: string]: ComposeValue;
}

/** One entry of a mapping, with the span of its key. */
export interface ComposeEntry {
  readonly keySpan: Span;
  readonly node: ComposeNode;
  /**
   * Whether the entry comes from a merge key (`<<`). If so, `keySpan` is in the mapping to which the merge key refers.
   */
  readonly merged: boolean;
}

interface NodeFacts {
  /** The position of the value. An alias has the position of the value at its anchor. */
  readonly span: Span;
  /** The approximate size of the node in bytes. Each alias in the node has the size of its value. */
  readonly weight: number;
  /** The number of nested levels in the node: 0 for a scalar. */
  readonly height: number;
}

/** A value with its position in the text. An alias shares the node of its anchor. */
export type ComposeNode =
  | (NodeFacts & {
      readonly kind: "scalar";
      readonly value: string | number | boolean | null;
      /**
       * How the scalar is written. `plain` means without quotes. The text of a plain scalar decides its type. Other
       * scalars are strings.
       */
      readonly style: "plain" | "quoted" | "block";
      /**
       * The kind of the number, if the scalar is a number in the file. `value` is a text if JavaScript could not hold
       * the number exactly, or would print it in another way than Compose. Absent for any other scalar.
       */
      readonly number?: "integer" | "float";
      /** The variables in the scalar that are not set. An empty text replaces each of these variables. */
      readonly unset?: readonly string[];
      /**
       * True if the text of the scalar has a required variable, such as `${NAME:?}`, that is not set. The missing
       * variable causes an error. Other errors about the scalar are then not reported.
       */
      readonly lacksRequired?: true;
      /** Whether the value contains a secret. Such a value is not shown. */
      readonly secret?: boolean;
    })
  | (NodeFacts & { readonly kind: "sequence"; readonly items: readonly ComposeNode[] })
  | (NodeFacts & { readonly kind: "mapping"; readonly entries: ReadonlyMap<string, ComposeEntry> });

/** A mapping with positions. */
export type MappingNode = Extract<ComposeNode, { kind: "mapping" }>;

/** A sequence with positions. */
export type SequenceNode = Extract<ComposeNode, { kind: "sequence" }>;

/** The approximate number of bytes that a node takes in addition to its content. */
export const NODE_WEIGHT = 8;

/** Makes a mapping from entries with positions. */
export function mappingNode(entries: ReadonlyMap<string, ComposeEntry>, span: Span): MappingNode {
  let weight = NODE_WEIGHT;
  let height = 0;
  for (const [key, { node }] of entries) {
    weight += key.length + node.weight;
    height = Math.max(height, node.height);
  }
  return { kind: "mapping", entries, span, weight, height: height + 1 };
}

/** Makes a sequence from items with positions. */
export function sequenceNode(items: readonly ComposeNode[], span: Span): SequenceNode {
  let weight = NODE_WEIGHT;
  let height = 0;
  for (const item of items) {
    weight += item.weight;
    height = Math.max(height, item.height);
  }
  return { kind: "sequence", items, span, weight, height: height + 1 };
}

/** Returns the plain data of a node. Aliases share the plain data of their anchor, so they take no more memory. */
export function plainValue(root: ComposeNode): ComposeValue {
  const known = new Map<ComposeNode, ComposeValue>();
  const convert = (node: ComposeNode): ComposeValue => {
    if (node.kind === "scalar") return node.value;
    const before = known.get(node);
    if (before !== undefined) return before;
    let value: ComposeValue;
    if (node.kind === "sequence") value = node.items.map(convert);
    else value = mappingFrom([...node.entries].map(([key, entry]) => [key, convert(entry.node)] as const));
    known.set(node, value);
    return value;
  };
  return convert(root);
}

/** Makes a mapping without a prototype, in which `__proto__` and `constructor` are ordinary keys. */
export function mappingFrom(entries: Iterable<readonly [string, ComposeValue]>): ComposeMapping {
  const mapping: Record<string, ComposeValue> = Object.create(null);
  for (const [key, value] of entries) mapping[key] = value;
  return mapping;
}

/** Whether a value is a mapping. */
export function isMapping(value: ComposeValue | undefined): value is ComposeMapping {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Whether a value is a sequence. */
export function isSequence(value: ComposeValue | undefined): value is readonly ComposeValue[] {
  return Array.isArray(value);
}

/** Whether a node is null: `null`, `~`, or nothing. */
export function isNull(node: ComposeNode | undefined): boolean {
  return node?.kind === "scalar" && node.value === null;
}

/**
 * Returns the node at a path of a document, with the position of its key. Returns `undefined` if the path does not
 * exist.
 */
export function locate(
  root: ComposeNode,
  path: readonly (string | number)[],
): { readonly node: ComposeNode; readonly keySpan?: Span } | undefined {
  let found: { readonly node: ComposeNode; readonly keySpan?: Span } = { node: root };
  for (const step of path) {
    const { node } = found;
    if (node.kind === "mapping" && typeof step === "string") {
      const entry = node.entries.get(step);
      if (entry === undefined) return undefined;
      found = { node: entry.node, keySpan: entry.keySpan };
    } else if (node.kind === "sequence" && typeof step === "number") {
      const item = node.items[step];
      if (item === undefined) return undefined;
      found = { node: item };
    } else return undefined;
  }
  return found;
}
