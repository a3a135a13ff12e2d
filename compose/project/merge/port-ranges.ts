import type { ComposeNode } from "../../model/model";
import { type PortRange, readShortPort, type ShortPort, writtenOut } from "../../short-forms/ports";
import { mappingOf, textOf } from "../nodes";

/** The largest range that single ports can replace. */
const MOST_WRITTEN_OUT = 1_000;
/**
 * The largest number of single ports that replace ranges in one document. A single port takes about a hundred bytes, so
 * all of them together take about a fifth of the largest document, 1 MB.
 */
const MOST_IN_ALL = 2_000;

/** Replaces ranges of ports by single ports. In a whole document, at most `MOST_IN_ALL` single ports replace ranges. */
export class PortExpansion {
  /** The number of single ports that may still replace ranges in the document. */
  private left = MOST_IN_ALL;

  /**
   * Removes repeated ranges of at most `WIDEST_REPEATED` ports. Then replaces ranges that share a port with another
   * item by single ports. A range stays if it has more than `MOST_WRITTEN_OUT` ports, or more than `left`. If nothing
   * changes, returns the same list.
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
 * The largest range that `withoutRepeatedRanges` removes. Never change this number, because recorded models depend on
 * it.
 */
const WIDEST_REPEATED = 100;

/**
 * Removes a range of at most `WIDEST_REPEATED` ports that is equal to an earlier range. If both stayed, they would
 * share their ports, and `expand` would write out both.
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

/**
 * The container ports of an item in a list of ports. `kind` has the address, the protocol, and the difference between
 * host port and container port: only with the same difference can two items publish the same container port as the same
 * host port.
 */
interface Ports extends PortRange {
  readonly kind: string;
}

/** Returns the indices of the items that share a port with another item. */
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

/**
 * Returns the ports of an item. An item that is neither a range nor a plain single port gets its `key` as its only
 * port, so that it shares a port only with an item of the same key.
 */
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
  // A large range stays a range, because single ports would make the project too large.
  return typeof read === "string" || read.count < 2 || read.count > MOST_WRITTEN_OUT ? undefined : read;
}

function nodesOf(range: ShortPort, { span }: ComposeNode): ComposeNode[] {
  return writtenOut(range).map((port) => mappingOf({ ...port }, span));
}
