import fc from "fast-check";
import { runInOrder } from "./schedule";

/**
 * Runs items, each with the names of the items that it needs. Returns the order of starts and the outcomes as texts.
 */
async function run(
  needs: Readonly<Record<string, readonly string[]>>,
  {
    atOnce = 2,
    failing = [],
    stopAfter = Number.POSITIVE_INFINITY,
  }: { atOnce?: number; failing?: readonly string[]; stopAfter?: number } = {},
) {
  const started: string[] = [];
  let running = 0;
  let most = 0;
  const outcomes = await runInOrder(Object.keys(needs), atOnce, {
    needs: (item) => needs[item] ?? [],
    run: async (item) => {
      started.push(item);
      running += 1;
      most = Math.max(most, running);
      await Promise.resolve();
      running -= 1;
      return !failing.includes(item);
    },
    hasSucceeded: (result) => result,
    titleOf: (item) => item,
    isStopped: () => started.length >= stopAfter,
  });
  const ends = outcomes.map((one) => `${one.item}: ${one.kind === "ended" ? one.result : one.reason}`);
  return { started, most, ends };
}

test("items run after the items that they need, and the outcomes are in the order of the items", async () => {
  const { started, ends } = await run({ app: ["network", "data"], data: ["network"], network: [], other: [] });
  expect(started.filter((item) => item !== "other")).toEqual(["network", "data", "app"]);
  expect(ends).toEqual(["app: true", "data: true", "network: true", "other: true"]);
});

test("items that need a failed item, directly or through others, are not started; all others are", async () => {
  const { started, ends } = await run(
    { app: ["data"], data: ["network"], network: [], other: [] },
    { failing: ["network"] },
  );
  expect(started).toEqual(["network", "other"]);
  expect(ends).toEqual([
    "app: it needs data, which did not succeed",
    "data: it needs network, which did not succeed",
    "network: false",
    "other: true",
  ]);
});

test("items that need each other are named and not started", async () => {
  const { started, ends } = await run({ a: ["b"], b: ["c"], c: ["a"], after: ["a"], other: [] });
  expect(started).toEqual(["other"]);
  expect(ends.slice(0, 2)).toEqual([
    "a: these stacks refer to each other: a → b → c → a",
    "b: these stacks refer to each other: a → b → c → a",
  ]);
  expect(ends[3]).toBe("after: it needs a, which did not succeed");
});

test("after a signal nothing more starts", async () => {
  const { started, ends } = await run({ a: [], b: [], c: [] }, { atOnce: 1, stopAfter: 1 });
  expect(started).toEqual(["a"]);
  expect(ends.slice(1)).toEqual(["b", "c"].map((item) => `${item}: a signal stopped the command before`));
});

test("for any dependencies, every item has an outcome, and no more items run at once than allowed", () =>
  fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(fc.nat(7), { maxLength: 3 }), { minLength: 1, maxLength: 8 }),
      fc.integer({ min: 1, max: 4 }),
      fc.array(fc.nat(7), { maxLength: 2 }),
      async (lists, atOnce, bad) => {
        const names = lists.map((_list, at) => `${at}`);
        const needs = Object.fromEntries(
          lists.map((list, at) => [
            `${at}`,
            [...new Set(list)].filter((need) => need < lists.length && need !== at).map(String),
          ]),
        );
        const failing = bad.map(String);
        const { started, most, ends } = await run(needs, { atOnce, failing });
        expect(ends.map((end) => end.split(":")[0])).toEqual(names);
        expect(most).toBeLessThanOrEqual(atOnce);
        expect(new Set(started).size).toBe(started.length);
        for (const [at, item] of started.entries()) {
          for (const need of needs[item] ?? []) {
            expect(started.slice(0, at)).toContain(need);
            expect(failing).not.toContain(need);
          }
        }
      },
    ),
  ));
