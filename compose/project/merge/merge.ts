import { type ComposePath, formatPath, pointOf, startOf } from "../../diagnostics/position";
import { keysWith, type MergeKind } from "../../model/keys";
import { type ComposeEntry, type ComposeNode, isNull } from "../../model/model";
import { PatternTable } from "../../model/patterns";
import { describe, isDate, isFloat, WRITE_TEXT } from "../../yaml/structure";
import type { ProjectDiagnostics as Diagnostics } from "../diagnostics";
import { hostList, keyValueMapping, problemOfName } from "../key-values";
import {
  entryOf,
  type MappingNode,
  mappingNode,
  mappingOf,
  mapValues,
  mapWorkloads,
  type SequenceNode,
  scalarNode,
  sequenceNode,
  textOf,
  valueAt,
} from "../nodes";
import { mergePools } from "./pools";

type Merger = (base: ComposeNode, over: ComposeNode, path: ComposePath, collector: Diagnostics) => ComposeNode;

const MERGERS: Readonly<Record<MergeKind, Merger>> = {
  keyValues: mergeKeyValues,
  list: mergeLists,
  replace: (_base, over) => over,
  hosts: mergeHosts,
  names: mergedAs(namesMapping),
  dependencies: mergedAs(dependenciesMapping),
  build: mergedAs(buildMapping),
  logging: mergeLogging,
  pools: mergeSubnets,
};

/**
 * The keys with a special rule for merging. For all other keys, Compose merges mappings key by key, appends lists and
 * replaces other values.
 */
const rules = new PatternTable<Merger>(keysWith("merge").map(([pattern, kind]) => [pattern, MERGERS[kind]]));

/**
 * Merges two documents as Compose does. A merged list may have two items of which Compose allows only one, such as two
 * volumes with the same target. `uniqueItems` later keeps the last of them.
 */
export function mergeNodes(
  base: ComposeNode,
  over: ComposeNode,
  path: ComposePath,
  collector: Diagnostics,
): ComposeNode {
  const rule = rules.at(path);
  if (rule !== undefined) return rule(base, over, path, collector);
  if (isNull(over)) return base;
  if (base.kind === "scalar") return over;
  if (base.kind === "mapping" && over.kind === "mapping") return mergeMappings(base, over, path, collector);
  if (base.kind === "sequence" && over.kind === "sequence") return append(base, over);
  return unlike(base, over, path, collector);
}

function unlike(base: ComposeNode, over: ComposeNode, path: ComposePath, collector: Diagnostics): ComposeNode {
  const [before, here] = [base, over].map((node) =>
    node.kind === "sequence" ? "a list" : node.kind === "mapping" ? "a mapping" : "a scalar",
  );
  const where = collector.sources.file(base.span) ?? "an earlier file";
  collector.add("LYC2507", `${formatPath(path)} is ${here}, and in ${where} it is ${before}`, {
    span: pointOf(over),
    path,
  });
  return over;
}

function mergeMappings(base: MappingNode, over: MappingNode, path: ComposePath, collector: Diagnostics): MappingNode {
  const entries = new Map(base.entries);
  for (const [key, entry] of over.entries) {
    const before = entries.get(key);
    if (before === undefined) entries.set(key, entry);
    else entries.set(key, { ...entry, node: mergeNodes(before.node, entry.node, [...path, key], collector) });
  }
  return mappingNode(entries, over.span);
}

/** Appends the items of `over` to `base`. As in Compose, an item that `base` already has is left out. */
function append(base: SequenceNode, over: SequenceNode): SequenceNode {
  // `valueText` is slow for a large list or mapping. Equal values have equal weights, so a list or mapping of `base` is
  // compared only if an item of `over` has its weight.
  const weights = new Set(over.items.map(({ weight }) => weight));
  const mayBeEqual = ({ kind, weight }: ComposeNode) => kind === "scalar" || weights.has(weight);
  const known = new Set(base.items.flatMap((item) => (mayBeEqual(item) ? [valueText(item)] : [])));
  const added: ComposeNode[] = [];
  for (const item of over.items) {
    const text = valueText(item);
    if (!known.has(text)) added.push(item);
    known.add(text);
  }
  return sequenceNode([...base.items, ...added], over.span);
}

/** Returns a text that is equal for items with the same value. In a list or mapping, `16.0` is not equal to `16`. */
function valueText(item: ComposeNode): string {
  if (item.kind === "scalar") return JSON.stringify(item.value);
  const inside = (node: ComposeNode) => (isFloat(node) ? `${valueText(node)}.` : valueText(node));
  if (item.kind === "sequence") return `[${item.items.map(inside).join()}]`;
  return `{${[...item.entries]
    .map(([key, { node }]) => `${JSON.stringify(key)}:${inside(node)}`)
    .sort()
    .join()}}`;
}

function mergeKeyValues(base: ComposeNode, over: ComposeNode, path: ComposePath, collector: Diagnostics): ComposeNode {
  if (isNull(over)) return base;
  // List items that are not valid are reported here, because the merged mapping no longer shows them.
  for (const list of [base, over]) reportOddItems(list, path, collector);
  const [before, after] = [keyValueMapping(base), keyValueMapping(over)];
  // If one of the values is neither a list nor a mapping, the schema reports this value.
  if (before === undefined || after === undefined) return over;
  return mappingNode(new Map([...before.entries, ...after.entries]), over.span);
}

function reportOddItems(list: ComposeNode, path: ComposePath, collector: Diagnostics): void {
  if (list.kind !== "sequence" || !["environment", "args"].includes(String(path.at(-1)))) return;
  for (const [index, item] of list.items.entries()) {
    const [at, where] = [[...path, index], formatPath([...path, index])];
    const details = { span: item.span, path: at };
    if (isDate(item))
      collector.add("LYC2104", `${where} must be a string, and it is ${describe(item)}`, {
        ...details,
        remedy: WRITE_TEXT,
      });
    const problem = problemOfName(item);
    if (problem !== undefined) collector.add("LYC2109", `${where} ${problem}`, { ...details, remedy: NAME_REMEDY });
  }
}

const NAME_REMEDY = "Write NAME=value.";

function mergeLists(base: ComposeNode, over: ComposeNode): ComposeNode {
  if (isNull(over)) return base;
  const list = (node: ComposeNode) =>
    node.kind === "scalar" && !isNull(node) ? sequenceNode([node], node.span) : node;
  const [before, after] = [list(base), list(over)];
  return before.kind === "sequence" && after.kind === "sequence" ? append(before, after) : over;
}

function mergeHosts(base: ComposeNode, over: ComposeNode): ComposeNode {
  if (isNull(over)) return base;
  const [before, after] = [hostList(base), hostList(over)];
  if (before.kind !== "sequence" || after.kind !== "sequence") return over;
  const known = new Set(before.items.map(textOf));
  return sequenceNode([...before.items, ...after.items.filter((item) => !known.has(textOf(item)))], over.span);
}

/** Returns a list of names as a mapping with these names as keys. Returns a mapping unchanged. */
function namedMapping(node: ComposeNode, value: (item: ComposeNode) => ComposeNode): MappingNode | undefined {
  if (node.kind === "mapping") return node;
  if (node.kind !== "sequence") return undefined;
  const entries = new Map<string, ComposeEntry>();
  for (const item of node.items) {
    const name = textOf(item);
    if (name === undefined) return undefined;
    entries.set(name, entryOf(value(item), item.span));
  }
  return mappingNode(entries, node.span);
}

function namesMapping(node: ComposeNode): MappingNode | undefined {
  return namedMapping(node, ({ span }) => scalarNode(null, span));
}

function dependenciesMapping(node: ComposeNode): MappingNode | undefined {
  return namedMapping(node, ({ span }) => mappingOf({ condition: "service_started", required: true }, span));
}

/** Converts the networks, models and dependencies of services and jobs to mappings. Each name then occurs once. */
export function withNames(root: ComposeNode): ComposeNode {
  return mapWorkloads(root, (workload) =>
    mapValues(workload, (value, key) => {
      if (key === "depends_on") return dependenciesMapping(value) ?? value;
      return key === "networks" || key === "models" ? (namesMapping(value) ?? value) : value;
    }),
  );
}

/** Returns a merger that first converts both values to mappings. */
function mergedAs(asMapping: (node: ComposeNode) => MappingNode | undefined): Merger {
  return (base, over, path, collector) => {
    if (isNull(over)) return base;
    const [before, after] = [asMapping(base), asMapping(over)];
    // The schema reports a value that is neither a list nor a mapping.
    return before === undefined || after === undefined ? over : mergeMappings(before, after, path, collector);
  };
}

/** Returns `build` as a mapping. In short syntax, `build` is only the build context. */
function buildMapping(node: ComposeNode): MappingNode | undefined {
  return textOf(node) === undefined ? onlyMapping(node) : mappingOf({ context: node }, node.span);
}

function onlyMapping(node: ComposeNode): MappingNode | undefined {
  return node.kind === "mapping" ? node : undefined;
}

/**
 * Merges two `logging` settings. If the drivers differ, the later setting replaces the earlier one, because each driver
 * has its own options.
 */
function mergeLogging(base: ComposeNode, over: ComposeNode, path: ComposePath, collector: Diagnostics): ComposeNode {
  const [before, after] = [textOf(valueAt(base, "driver")), textOf(valueAt(over, "driver"))];
  const together = before === after || before === undefined || after === undefined;
  return together ? mergedAs(onlyMapping)(base, over, path, collector) : over;
}

/**
 * The number of search steps that count as one byte of the project's size. A merge compares each pair of address pools,
 * and searches all pools for each pair. So it may take long even for a small project, and the steps count too.
 */
const STEPS_OF_POOLS = 2;

function mergeSubnets(base: ComposeNode, over: ComposeNode, path: ComposePath, collector: Diagnostics): ComposeNode {
  if (base.kind !== "sequence" || over.kind !== "sequence") return over;
  const location = { span: startOf(over.span), path };
  const pairs = base.items.length * over.items.length;
  if (!collector.grow((pairs * (base.items.length + over.items.length)) / STEPS_OF_POOLS, location)) return over;
  const merged = mergePools(base, over, (before, after, key) => {
    // If the project is already too large, the result of the merge is not used. So no further pairs need to be merged.
    if (collector.outgrown) return after;
    const node = mergeNodes(before, after, [...path, key], collector);
    // The size of a merged list is added to the size of the project, because each merge makes a longer copy of the
    // list.
    return node.kind !== "sequence" || collector.grow(node.weight, location) ? node : after;
  });
  if (merged === undefined) return over;
  // The size of `merged` is added to the size of the project too, because `merged` may contain the same address pool
  // many times.
  return collector.grow(merged.weight, location) ? merged : over;
}
