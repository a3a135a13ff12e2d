import { escapeDollars, unescapeDollars } from "../model/interpolation";
import type { ComposeEntry, ComposeNode } from "../model/model";
import { problemAtEnd } from "../model/name-ends";
import { isDate } from "../yaml/structure";
import { type MappingNode, mappingNode, scalarNode, sequenceNode, textOf } from "./nodes";

/**
 * Returns a list of KEY=VALUE as a mapping. The last of several items with one key counts. Compose replaces variables
 * in an item, but not in the key of a mapping, so `$$` in an item becomes `$` in the key. Returns a mapping unchanged.
 * Returns `undefined` for any other value, also for a list with an item that is not a text.
 */
export function keyValueMapping(node: ComposeNode): MappingNode | undefined {
  if (node.kind === "mapping") return node;
  if (node.kind !== "sequence") return undefined;
  const entries = new Map<string, ComposeEntry>();
  for (const item of node.items) {
    const text = textOf(item);
    if (item.kind !== "scalar" || text === undefined) return undefined;
    const equals = text.indexOf("=");
    const key = unescapeDollars(equals === -1 ? text : text.slice(0, equals));
    const value = equals === -1 ? null : text.slice(equals + 1);
    entries.set(key, { keySpan: item.span, node: scalarNode(value, item.span, item.secret === true), merged: false });
  }
  return mappingNode(entries, node.span);
}

/** Returns what is wrong with the end of the name in an item `NAME=value`, or `undefined`. */
export function problemOfName(item: ComposeNode): string | undefined {
  return problemAtEnd(textOf(item)?.split("=", 1)[0] ?? "");
}

/** Whether Compose refuses an item `NAME=value`, because of its name or because the item is a date. */
function isOddItem(item: ComposeNode): boolean {
  return isDate(item) || problemOfName(item) !== undefined;
}

/** Whether a list of NAME=value contains an item that Compose refuses. */
export function hasOddItems(node: ComposeNode): boolean {
  return node.kind === "sequence" && node.items.some(isOddItem);
}

/** Returns a mapping of host names to addresses as a list of `host=address`. Returns any other value unchanged. */
export function hostList(node: ComposeNode): ComposeNode {
  if (node.kind !== "mapping") return node;
  const items: ComposeNode[] = [];
  for (const [host, { node: value }] of node.entries) {
    for (const address of value.kind === "sequence" ? value.items : [value]) {
      if (address.kind !== "scalar") return node;
      const text = address.value === null ? escapeDollars(host) : `${escapeDollars(host)}=${address.value}`;
      items.push(scalarNode(text, address.span, address.secret === true));
    }
  }
  const sorted = items.sort((a, b) => ((textOf(a) ?? "") < (textOf(b) ?? "") ? -1 : 1));
  return sequenceNode(sorted, node.span);
}
