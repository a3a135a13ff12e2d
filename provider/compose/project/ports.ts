import type { ComposeNode } from "../model";
import { mostWrittenOut, readShortPort, type ShortPort, writtenOut } from "../short-forms/ports";
import { entryOf, mappingNode, scalarNode, textOf } from "./nodes";

/**
 * Ranges of ports written out, where one of their ports is declared by another item too: only then does it matter. The
 * list itself when nothing does.
 */
export function expandPorts(
  items: readonly ComposeNode[],
  key: (item: ComposeNode) => string | undefined,
): readonly ComposeNode[] {
  if (items.length < 2) return items;
  const ranges = items.map((item) => rangeOf(item));
  if (ranges.every((range) => range === undefined)) return items;
  const shared = sharedAmong(items.map((item, index) => portsOf(ranges[index], key(item))));
  if (!ranges.some((range, index) => range !== undefined && shared.has(index))) return items;
  return items.flatMap((item, index) => {
    const range = ranges[index];
    return range !== undefined && shared.has(index) ? nodesOf(range, item) : [item];
  });
}

/** Ports that differ in nothing but their numbers, which lie equally far from one another outside and inside. */
interface Ports {
  readonly kind: string;
  readonly first: number;
  readonly last: number;
}

/** The places of those that have a port in common with another one. */
function sharedAmong(all: readonly (Ports | undefined)[]): ReadonlySet<number> {
  const kinds = new Map<string, { readonly first: number; readonly last: number; readonly index: number }[]>();
  for (const [index, ports] of all.entries()) {
    if (ports === undefined) continue;
    const { kind, first, last } = ports;
    const alike = kinds.get(kind);
    if (alike === undefined) kinds.set(kind, [{ first, last, index }]);
    else alike.push({ first, last, index });
  }
  const shared = new Set<number>();
  for (const alike of kinds.values()) {
    alike.sort((one, other) => one.first - other.first);
    let farthest = alike[0];
    for (const next of alike.slice(1)) {
      if (farthest === undefined) break;
      if (next.first <= farthest.last) shared.add(next.index).add(farthest.index);
      if (next.last > farthest.last) farthest = next;
    }
  }
  return shared;
}

const single = /^([^/]*):(|0|[1-9][0-9]{0,4}):(0|[1-9][0-9]{0,4})\/([^/]*)$/;

/** What a range, or else the key of an item, stands for. A key that is not of one plain port is like no other one. */
function portsOf(range: ShortPort | undefined, key: string | undefined): Ports | undefined {
  if (range !== undefined) {
    const { address, published, targets, protocol } = range;
    const offset = published === undefined ? "none" : published.first - targets.first;
    return { kind: `${address || "0.0.0.0"} ${offset} ${protocol}`, ...targets };
  }
  if (key === undefined) return undefined;
  const [, address, published, target, protocol] = single.exec(key) ?? [];
  if (target === undefined) return { kind: `text ${key}`, first: 0, last: 0 };
  const offset = published === "" ? "none" : Number(published) - Number(target);
  return { kind: `${address} ${offset} ${protocol}`, first: Number(target), last: Number(target) };
}

function rangeOf(item: ComposeNode): ShortPort | undefined {
  const text = textOf(item);
  const read = text?.includes("-") ? readShortPort(text) : undefined;
  // Of wide ranges only equal texts are taken for one: written out, they are more than a project may hold.
  return read === undefined || read.count < 2 || read.count > mostWrittenOut ? undefined : read;
}

function nodesOf(range: ShortPort, { span }: ComposeNode): ComposeNode[] {
  return writtenOut(range).map((port) =>
    mappingNode(
      new Map(Object.entries(port).map(([name, value]) => [name, entryOf(scalarNode(value, span))] as const)),
      span,
    ),
  );
}
