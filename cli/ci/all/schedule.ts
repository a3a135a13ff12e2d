/** The outcome of one item of a schedule. */
export type Outcome<Item, Result> =
  | { readonly item: Item; readonly kind: "ended"; readonly result: Result }
  | { readonly item: Item; readonly kind: "not started"; readonly reason: string };

/** The functions that a schedule calls. */
export interface SchedulePorts<Item, Result> {
  /** The items that must have succeeded before `item` starts. */
  readonly needs: (item: Item) => readonly Item[];
  readonly run: (item: Item) => Promise<Result>;
  readonly hasSucceeded: (result: Result) => boolean;
  readonly titleOf: (item: Item) => string;
  /** If true, no further item starts. */
  readonly isStopped: () => boolean;
}

/**
 * Runs items in the order of their needs, with a limit on the number of items at the same time. An item does not start
 * if an item that it needs did not succeed, if the item and others need each other, or after `isStopped` has become
 * true. The outcomes are in the order of the items.
 */
export async function runInOrder<Item, Result>(
  items: readonly Item[],
  atOnce: number,
  ports: SchedulePorts<Item, Result>,
): Promise<readonly Outcome<Item, Result>[]> {
  const outcomes = new Map<Item, Outcome<Item, Result>>();
  const running = new Map<Item, Promise<void>>();
  const isOver = (item: Item) => outcomes.has(item);
  const refuse = (item: Item, reason: string) => outcomes.set(item, { item, kind: "not started", reason });
  for (const cycle of cyclesIn(items, ports.needs)) {
    const titles = cycle.map(ports.titleOf);
    for (const item of cycle) refuse(item, `these stacks refer to each other: ${[...titles, titles[0]].join(" → ")}`);
  }
  while (outcomes.size < items.length) {
    for (const item of items) {
      if (isOver(item) || running.has(item)) continue;
      const needs = ports.needs(item);
      const failed = needs.find((need) => hasFailed(outcomes.get(need), ports));
      if (failed !== undefined) refuse(item, `it needs ${ports.titleOf(failed)}, which did not succeed`);
      else if (ports.isStopped()) refuse(item, "a signal stopped the command before");
      else if (running.size < atOnce && needs.every(isOver)) {
        const work = ports.run(item).then((result) => {
          outcomes.set(item, { item, kind: "ended", result });
          running.delete(item);
        });
        running.set(item, work);
      }
    }
    if (running.size > 0) await Promise.race(running.values());
  }
  return items.flatMap((item) => outcomes.get(item) ?? []);
}

function hasFailed<Item, Result>(
  outcome: Outcome<Item, Result> | undefined,
  { hasSucceeded }: Pick<SchedulePorts<Item, Result>, "hasSucceeded">,
): boolean {
  return outcome !== undefined && (outcome.kind === "not started" || !hasSucceeded(outcome.result));
}

/**
 * Returns the cycles in the needs of items. In a cycle, each item needs the next item, and the last item needs the
 * first.
 */
function cyclesIn<Item>(items: readonly Item[], needs: (item: Item) => readonly Item[]): readonly (readonly Item[])[] {
  const found: (readonly Item[])[] = [];
  const done = new Set<Item>();
  const visit = (item: Item, path: readonly Item[]): void => {
    const begin = path.indexOf(item);
    if (begin >= 0) {
      found.push(path.slice(begin));
      return;
    }
    if (done.has(item)) return;
    for (const need of needs(item)) visit(need, [...path, item]);
    done.add(item);
  };
  for (const item of items) visit(item, []);
  return found;
}
