import type { ComposeNode } from "../model/model";
import { type PortRange, readShortPort, type ShortPort, writtenOut } from "../short-forms/ports";
import { mappingOf, textOf } from "./nodes";

const MOST_WRITTEN_OUT = 1_000;
/**
 * The largest number of ports in one document that are written as single ports. A document has at most a million bytes,
 * and each port takes a hundred.
 */
const MOST_IN_ALL = 2_000;

/** Writes ranges of ports as single ports. One limit applies to all lists of a document. */
export class PortExpansion {
  private left = MOST_IN_ALL;

  /**
   * Returns the list, in which each range that shares a port with another item is written as single ports. Other ranges
   * stay, because their form does not matter. If no range shares a port, returns the same list. Over the limit, all
   * ranges stay, and two of them count as the same only if their texts are equal.
   */
  expand(items: readonly ComposeNode[], key: (item: ComposeNode) => string | undefined): readonly ComposeNode[] {
    if (items.length < 2) return items;
    const distinct = withoutRepeatedRanges(items);
    const ranges = distinct.map((item) => rangeOf(item));
    if (ranges.every((range) => range === undefined)) return items;
    const shared = sharedAmong(distinct.map((item, index) => portsOf(ranges[index], key(item))));
    const written = ranges.map((range, index) => (shared.has(index) && range !== undefined ? this.take(range) : false));
    if (!written.includes(true)) return distinct.length === items.length ? items : distinct;
    return distinct.flatMap((item, index) => {
      const range = ranges[index];
      return range !== undefined && written[index] === true ? nodesOf(range, item) : [item];
    });
  }

  private take({ count }: ShortPort): boolean {
    if (count > this.left) return false;
    this.left -= count;
    return true;
  }
}

/**
 * Repeated ranges of up to this many ports are written as single ports, because recorded models have them in this form.
 */
const WIDEST_REPEATED = 100;

/**
 * Removes ranges that are equal to another range. It does not matter which of them stays, so none is written as single
 * ports.
 */
function withoutRepeatedRanges(items: readonly ComposeNode[]): readonly ComposeNode[] {
  const found = new Set<string>();
  return items.filter((item) => {
    const range = rangeOf(item);
    const text = range === undefined || range.count > WIDEST_REPEATED ? undefined : textOf(item);
    const isRepeated = text !== undefined && found.has(text);
    if (text !== undefined) found.add(text);
    return !isRepeated;
  });
}

/** Ports of one range on the host and in the container. Their numbers have a fixed distance. */
interface Ports extends PortRange {
  readonly kind: string;
}

/** The indices of the items that share a port with another one. */
function sharedAmong(all: readonly (Ports | undefined)[]): ReadonlySet<number> {
  const kinds = new Map<string, (Ports & { readonly index: number })[]>();
  for (const [index, ports] of all.entries()) {
    if (ports === undefined) continue;
    const alike = kinds.get(ports.kind) ?? [];
    kinds.set(ports.kind, alike);
    alike.push({ ...ports, index });
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

const SINGLE = /^([^/]*):(|0|[1-9][0-9]{0,4}):(0|[1-9][0-9]{0,4})\/([^/]*)$/;

/** The ports of a range. For any other item, its key. Such a key equals another key only if it is one plain port. */
function portsOf(range: ShortPort | undefined, key: string | undefined): Ports | undefined {
  if (range !== undefined) {
    const { address, published, targets, protocol } = range;
    const offset = published === undefined ? "none" : published.first - targets.first;
    return { kind: `${address || "0.0.0.0"} ${offset} ${protocol}`, ...targets };
  }
  if (key === undefined) return undefined;
  const [, address, published, target, protocol] = SINGLE.exec(key) ?? [];
  if (target === undefined) return { kind: `text ${key}`, first: 0, last: 0 };
  const offset = published === "" ? "none" : Number(published) - Number(target);
  return { kind: `${address} ${offset} ${protocol}`, first: Number(target), last: Number(target) };
}

function rangeOf(item: ComposeNode): ShortPort | undefined {
  const text = textOf(item);
  const read = text?.includes("-") ? readShortPort(text) : "";
  // Large ranges count as the same only if their texts are equal. As single ports, they would be more than a project
  // may contain.
  return typeof read === "string" || read.count < 2 || read.count > MOST_WRITTEN_OUT ? undefined : read;
}

function nodesOf(range: ShortPort, { span }: ComposeNode): ComposeNode[] {
  return writtenOut(range).map((port) => mappingOf({ ...port }, span));
}
