import type { ComposePath, Span } from "../diagnostics/position";
import { WORKLOAD_SECTIONS, type WorkloadSection } from "../model/keys";
import {
  type ComposeEntry,
  type ComposeNode,
  type MappingNode,
  mappingNode,
  NODE_WEIGHT,
  type SequenceNode,
  sequenceNode,
} from "../model/model";
import { isTrue } from "../model/typed-texts";

export { type MappingNode, mappingNode, type SequenceNode, sequenceNode } from "../model/model";
/** A scalar with its position. */
export type ScalarNode = Extract<ComposeNode, { kind: "scalar" }>;

/** Makes a scalar that is not written in a file. If `secret` is true, the value must not be shown. */
export function scalarNode(value: ScalarNode["value"], span: Span, secret = false): ScalarNode {
  const weight = NODE_WEIGHT + (typeof value === "string" ? value.length : 8);
  return { kind: "scalar", value, style: "quoted", span, weight, height: 0, ...(secret ? { secret } : {}) };
}

/** Makes a mapping. A value that is a node keeps its own position. Any other value gets the position `span`. */
export function mappingOf(
  values: Readonly<Record<string, ComposeNode | ScalarNode["value"]>>,
  span: Span,
): MappingNode {
  const entries = Object.entries(values).map(([key, value]) => {
    const node = typeof value === "object" && value !== null ? value : scalarNode(value, span);
    return [key, entryOf(node)] as const;
  });
  return mappingNode(new Map(entries), span);
}

/** Makes an entry of a mapping. Without `keySpan`, the key gets the position of the value. */
export function entryOf(node: ComposeNode, keySpan: Span = node.span): ComposeEntry {
  return { keySpan, node, merged: false };
}

/** Returns the value of a key, or `undefined` if the node is not a mapping with this key. */
export function valueAt(node: ComposeNode | undefined, key: string): ComposeNode | undefined {
  return node?.kind === "mapping" ? node.entries.get(key)?.node : undefined;
}

/** Returns the text of a scalar that is a string. */
export function textOf(node: ComposeNode | undefined): string | undefined {
  return node?.kind === "scalar" && typeof node.value === "string" ? node.value : undefined;
}

/** Returns the entries of a mapping, or no entries if the node is not a mapping. */
export function entriesOf(node: ComposeNode | undefined): ReadonlyMap<string, ComposeEntry> {
  return node?.kind === "mapping" ? node.entries : new Map();
}

/** Returns the items of a list, or no items if the node is not a list. */
export function itemsOf(node: ComposeNode | undefined): readonly ComposeNode[] {
  return node?.kind === "sequence" ? node.items : [];
}

/**
 * Returns the name to which an item refers, such as the name of a config. In short syntax, the name is the item. In
 * long syntax, the name is the `source`.
 */
export function sourceOf(item: ComposeNode): string | undefined {
  return textOf(item) ?? textOf(valueAt(item, "source"));
}

/** Whether Compose reads a value as true. */
export function isYes(node: ComposeNode | undefined): boolean {
  return node?.kind === "scalar" && isTrue(String(node.value));
}

/**
 * Returns the mapping or list itself, or `undefined` if the mapping or list is empty. The caller then removes the key.
 */
export function unlessEmpty<Node extends MappingNode | SequenceNode>(node: Node): Node | undefined {
  return (node.kind === "mapping" ? node.entries.size : node.items.length) === 0 ? undefined : node;
}

/**
 * Returns the mapping with a changed, added or removed entry. `undefined` removes the entry. If nothing changes,
 * returns the same object.
 */
export function withEntry(node: MappingNode, key: string, value: ComposeNode | undefined): MappingNode {
  const before = node.entries.get(key);
  if (before?.node === value) return node;
  const entries = new Map(node.entries);
  if (value === undefined) entries.delete(key);
  else entries.set(key, before === undefined ? entryOf(value) : { ...before, node: value });
  return mappingNode(entries, node.span);
}

/** Returns the mapping without some of its keys. */
export function withoutKeys(node: MappingNode, keys: readonly string[]): MappingNode {
  if (!keys.some((key) => node.entries.has(key))) return node;
  return mappingNode(new Map([...node.entries].filter(([key]) => !keys.includes(key))), node.span);
}

/**
 * Returns a service without `build` and `pull_policy: build`, because its image is pulled and not built. If nothing
 * changes, returns the same object.
 */
export function withoutBuild(service: MappingNode): MappingNode {
  const policy = textOf(valueAt(service, "pull_policy"));
  return withoutKeys(service, policy === "build" ? ["build", "pull_policy"] : ["build"]);
}

/**
 * Changes every value of a mapping. If `change` returns `undefined`, the entry is removed. If nothing changes, returns
 * the same object.
 */
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

/** Changes every item of a list. If nothing changes, returns the same object. */
export function mapItems(node: SequenceNode, change: (item: ComposeNode, index: number) => ComposeNode): SequenceNode {
  const items = node.items.map(change);
  return items.every((item, index) => item === node.items[index]) ? node : sequenceNode(items, node.span);
}

type WorkloadChange = (workload: MappingNode, name: string, section: WorkloadSection) => ComposeNode;

/**
 * Changes every service and every job of a document. A value that is not a mapping stays. If nothing changes, returns
 * the same object.
 */
export function mapWorkloads(document: MappingNode, change: WorkloadChange): MappingNode;
export function mapWorkloads(document: ComposeNode, change: WorkloadChange): ComposeNode;
export function mapWorkloads(document: ComposeNode, change: WorkloadChange): ComposeNode {
  if (document.kind !== "mapping") return document;
  let result = document;
  for (const section of WORKLOAD_SECTIONS) {
    const workloads = valueAt(document, section);
    if (workloads?.kind !== "mapping") continue;
    const changed = mapValues(workloads, (workload, name) =>
      workload.kind === "mapping" ? change(workload, name, section) : workload,
    );
    result = withEntry(result, section, changed);
  }
  return result;
}

/** The key with the init containers of a service. They run to their end before the service starts. */
const INIT_CONTAINERS = "pre_start";

/**
 * Like {@link mapWorkloads}, but also changes the init containers of each service. An init container has the keys of a
 * service, such as `volumes`.
 */
export function mapContainers(
  document: MappingNode,
  change: (container: MappingNode, at: ComposePath) => ComposeNode,
): MappingNode {
  return mapWorkloads(document, (workload, name, section) => {
    const at = [section, name];
    const list = valueAt(workload, INIT_CONTAINERS);
    const changed = change(workload, at);
    if (list?.kind !== "sequence" || changed.kind !== "mapping") return changed;
    const items = mapItems(list, (item, index) =>
      item.kind === "mapping" ? change(item, [...at, INIT_CONTAINERS, index]) : item,
    );
    return items === list ? changed : withEntry(changed, INIT_CONTAINERS, items);
  });
}

/** Returns the nodes of all services and jobs, and of their init containers. */
export function containersOf(document: ComposeNode): readonly ComposeNode[] {
  return workloadsOf(document).flatMap((workload) => [workload, ...itemsOf(valueAt(workload, INIT_CONTAINERS))]);
}

/** Returns the values of all services and jobs. */
export function workloadsOf(document: ComposeNode): readonly ComposeNode[] {
  return WORKLOAD_SECTIONS.flatMap((section) =>
    [...entriesOf(valueAt(document, section)).values()].map(({ node }) => node),
  );
}

/**
 * Changes every value whose path matches a pattern. In a pattern, `*` stands for any key and `[]` for any item, such as
 * `services.*.volumes.[]`. If nothing changes, returns the same object.
 */
export function changeAt<Node extends ComposeNode>(
  root: Node,
  pattern: string,
  change: (found: ComposeNode) => ComposeNode,
): Node {
  const walk = (node: ComposeNode, [step, ...rest]: readonly string[]): ComposeNode => {
    if (step === undefined) return change(node);
    if (step === "[]") return node.kind === "sequence" ? mapItems(node, (item) => walk(item, rest)) : node;
    if (node.kind !== "mapping") return node;
    if (step === "*") return mapValues(node, (value) => walk(value, rest));
    const found = node.entries.get(step)?.node;
    return found === undefined ? node : withEntry(node, step, walk(found, rest));
  };
  // The cast is safe, because `walk` returns a mapping for a mapping, and a list for a list.
  return walk(root, pattern.split(".")) as Node;
}

/** Like {@link changeAt}, but the pattern starts at a service or a job, such as `volumes.[]`. */
export function changeWorkloads<Node extends ComposeNode>(
  root: Node,
  pattern: string,
  change: (found: ComposeNode) => ComposeNode,
): Node {
  return WORKLOAD_SECTIONS.reduce((result, section) => changeAt(result, `${section}.*.${pattern}`, change), root);
}

/** Returns a tree in which `by` is added to all positions. An alias still shares the node of its anchor. */
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

/**
 * Returns a tree without the values that a later file replaces with `!reset` or `!override`. As in Compose, a value
 * inside a list stays.
 */
export function withoutReplaced(root: ComposeNode, replaced: readonly ComposePath[]): ComposeNode {
  const wanted = replaced.filter((path) => path.length > 0 && path.every((step) => typeof step === "string"));
  return wanted.length === 0 ? root : without(root, wanted as readonly (readonly string[])[]);
}

function without(node: ComposeNode, paths: readonly (readonly string[])[]): ComposeNode {
  if (node.kind !== "mapping") return node;
  const below = new Map<string, (readonly string[])[]>();
  for (const [key, ...rest] of paths) {
    if (key !== undefined) below.set(key, [...(below.get(key) ?? []), rest]);
  }
  return mapValues(node, (value, key) => {
    const rests = below.get(key);
    if (rests === undefined) return value;
    return rests.some((rest) => rest.length === 0) ? undefined : without(value, rests);
  });
}

/** Returns those of the paths `replaced` that are below `path`. The returned paths are relative to `path`. */
export function replacedBelow(replaced: readonly ComposePath[], path: ComposePath): ComposePath[] {
  return replaced
    .filter((found) => found.length > path.length && path.every((step, index) => found[index] === step))
    .map((found) => found.slice(path.length));
}
