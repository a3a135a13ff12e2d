import { createSlots, forEachAtOnce } from "./slots";

const tick = () => new Promise<void>((resolve) => setImmediate(resolve));

test("no more work runs than there are slots, and it begins in its order", async () => {
  const slots = createSlots(2);
  const begun: number[] = [];
  let running = 0;
  let most = 0;
  const work = (name: number) => async () => {
    begun.push(name);
    running += 1;
    most = Math.max(most, running);
    await tick();
    running -= 1;
    if (name === 1) throw new Error("one fails");
    return name;
  };
  const results = await Promise.allSettled([0, 1, 2, 3, 4].map((name) => slots.use(work(name))));
  expect([most, running, begun]).toEqual([2, 0, [0, 1, 2, 3, 4]]);
  expect(results.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled", "fulfilled", "fulfilled"]);
});

test("work that waits for a slot does not begin after an abort, and gives its slot back", async () => {
  const slots = createSlots(1);
  const stop = new AbortController();
  let release = (): void => undefined;
  const first = slots.use(() => new Promise<void>((resolve) => (release = resolve)));
  const begun: string[] = [];
  const second = slots.use(async () => void begun.push("second"), stop.signal);
  stop.abort();
  release();
  await first;
  await expect(second).rejects.toThrow(/abort/i);
  await slots.use(async () => void begun.push("third"));
  expect(begun).toEqual(["third"]);
});

test("the first error stops items that have not begun, and is thrown after the others have ended", async () => {
  const done: number[] = [];
  const all = forEachAtOnce([0, 1, 2, 3, 4, 5], 2, async (item) => {
    await tick();
    if (item === 1) throw new Error("item 1");
    await tick();
    done.push(item);
  });
  await expect(all).rejects.toThrow("item 1");
  expect(done).toEqual([0]);
});

test("every item is done once", async () => {
  const done: number[] = [];
  await forEachAtOnce([0, 1, 2, 3, 4, 5, 6], 3, async (item) => void done.push(item));
  expect(done.sort()).toEqual([0, 1, 2, 3, 4, 5, 6]);
});
