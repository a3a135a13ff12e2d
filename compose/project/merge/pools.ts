import type { Span } from "../../diagnostics/position";
import { type ComposeEntry, type ComposeNode, isNull } from "../../model/model";
import { type MappingNode, mappingNode, type SequenceNode, sequenceNode, textOf } from "../nodes";

/**
 * Merges the values of one key in two pools. Two lists become one list. Otherwise, the value of `over` counts. Never
 * called for two mappings: `mergePools` merges their keys.
 */
export type MergeValues = (base: ComposeNode, over: ComposeNode, key: string) => ComposeNode;

/**
 * Merges two lists of address pools as Compose does. For each pool of `base`, it goes through the pools of `over`:
 *
 * | the subnet of the `over` pool | what happens |
 * |---|---|
 * | is that of the `base` pool, or of a pool in the result | the `base` pool gets the keys of the `over` pool, and is put into the result, in place of a pool with the same subnet |
 * | any other | the `over` pool is put into the result |
 *
 * So a pool of `base` that got no keys is lost. Returns `undefined` if an item is not a mapping, because the schema
 * reports this item.
 */
export function mergePools(base: SequenceNode, over: SequenceNode, merge: MergeValues): SequenceNode | undefined {
  const [before, after] = [poolsOf(base), poolsOf(over)];
  if (before === undefined || after === undefined) return undefined;
  const merged: Pool[] = [];
  const indexOfSubnet = ({ subnet }: Pool): number => {
    for (let index = 0; index < merged.length; index++) if (merged[index]?.subnet === subnet) return index;
    return -1;
  };
  for (const original of before) {
    for (const override of after) {
      if (original.subnet !== override.subnet && indexOfSubnet(override) === -1) {
        merged.push(override);
        continue;
      }
      original.write(override, merge);
      const at = indexOfSubnet(original);
      if (at === -1) merged.push(original);
      else merged[at] = original;
    }
  }
  const settled = new Map<Pool, MappingNode>();
  return sequenceNode(
    merged.map((pool) => pool.settle(settled)),
    over.span,
  );
}

function poolsOf({ items }: SequenceNode): Pool[] | undefined {
  const pools = items.flatMap((item) => (item.kind === "mapping" ? [Pool.of(item)] : []));
  return pools.length === items.length ? pools : undefined;
}

interface Slot {
  readonly entry: ComposeEntry;
  /** The value of the entry, if it is a mapping. Two pools may share this value. */
  readonly below?: Pool;
}

/** An address pool of a network, or a mapping inside such a pool. `write` changes the pool. */
class Pool {
  /** The subnet of the pool. Stored, because each pair of pools is compared. */
  subnet: string | undefined;

  private constructor(
    private readonly slots: Map<string, Slot>,
    private span: Span,
  ) {
    this.subnet = this.readSubnet();
  }

  static of(node: MappingNode): Pool {
    const slots = new Map<string, Slot>();
    for (const [key, entry] of node.entries) {
      slots.set(key, entry.node.kind === "mapping" ? { entry, below: Pool.of(entry.node) } : { entry });
    }
    return new Pool(slots, node.span);
  }

  private readSubnet(): string | undefined {
    return textOf(this.slots.get("subnet")?.entry.node);
  }

  write(over: Pool, merge: MergeValues): void {
    for (const [key, slot] of over.slots) {
      const before = this.slots.get(key);
      if (before === undefined) this.slots.set(key, slot);
      else if (before.below !== undefined && slot.below !== undefined) before.below.write(slot.below, merge);
      else if (!isNull(slot.entry.node)) this.slots.set(key, written(before, slot, key, merge));
    }
    this.subnet = this.readSubnet();
    this.span = over.span;
  }

  /**
   * Converts the pool to a node. `known` contains the pools that were already converted, because one pool may occur
   * many times.
   */
  settle(known: Map<Pool, MappingNode>): MappingNode {
    const before = known.get(this);
    if (before !== undefined) return before;
    const entries = new Map<string, ComposeEntry>();
    for (const [key, { entry, below }] of this.slots) {
      entries.set(key, below === undefined ? entry : { ...entry, node: below.settle(known) });
    }
    const node = mappingNode(entries, this.span);
    known.set(this, node);
    return node;
  }
}

function written(before: Slot, slot: Slot, key: string, merge: MergeValues): Slot {
  const node = merge(before.entry.node, slot.entry.node, key);
  return node === slot.entry.node ? slot : { entry: { ...slot.entry, node } };
}
