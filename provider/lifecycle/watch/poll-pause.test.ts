import type { CallOptions } from "../../lyceum/port";
import { page, refuse, ticking } from "../testing/ticking";

// Lyceum asks for a pause, or does not answer.

test.each([
  [undefined, 5],
  [1, 1],
  [30, 30],
  [60, 60],
  [3600, 60],
])("a list that asks for a pause of %p s is not read for %d s", async (pause, seconds) => {
  const { clock, tick, asked, observed } = ticking(["a"], { listActive: refuse(429, pause) });
  const askedAt: number[] = [];
  for (let at = 0; at <= seconds; at += 0.5) {
    const before = asked.length;
    await tick();
    if (asked.length > before) askedAt.push(at);
    await clock.sleep(0.5);
  }
  expect(askedAt).toEqual([0, seconds]);
  // During the pause, no run is read.
  expect([asked, observed.a]).toEqual([["list", "list"], []]);
});

test("the runs are read without the list from the third pause in a row that the list asks for", async () => {
  const { clock, tick, asked } = ticking(["a"], { listActive: refuse(429, 10) });
  for (let time = 1; time <= 3; time += 1) {
    await tick();
    await clock.sleep(10);
  }
  expect(asked).toEqual(["list", "list", "list", "record a", "older a", "history 0 to 100"]);
});

test("a list that can be read begins the count of pauses again", async () => {
  const { clock, given, tick, asked } = ticking(["a"], { listActive: refuse(429, 10) });
  const ticks = async (count: number) => {
    asked.length = 0;
    for (let time = 1; time <= count; time += 1) {
      await tick();
      await clock.sleep(10);
    }
    return asked;
  };
  const refused = given.listActive;
  expect(await ticks(2)).toEqual(["list", "list"]);
  given.listActive = async () => page();
  expect(await ticks(1)).toContain("list");
  given.listActive = refused;
  expect(await ticks(2)).toEqual(["list", "list"]);
});

test.each([
  // These reads had already begun before the pause.
  [20, 8],
  // The answer asks for a pause of 0 s.
  [0, 30],
])("a read that asks for a pause of %d s is no observation, and %d of 30 reads are sent", async (pause, most) => {
  const ids = Array.from({ length: 30 }, (_, index) => `run-${index}`);
  const { tick, asked, observed } = ticking(ids, { record: refuse(429, pause), olderStatus: refuse(429, pause) });
  await tick();
  await tick();
  expect(asked.filter((call) => call.startsWith("record"))).toHaveLength(most);
  expect(Object.values(observed).flat()).toEqual([]);
});

test("a call of a service that hangs is cut off after the time of a read", async () => {
  const cutAt: Record<string, number> = {};
  const hanging = (name: string, { clock }: Pick<ReturnType<typeof ticking>, "clock">, options?: CallOptions) => {
    const begunAt = clock.now();
    return new Promise<never>((_resolve, reject) => {
      options?.signal?.addEventListener("abort", () => {
        cutAt[name] = (clock.now() - begunAt) / 1000;
        reject(new Error("cut off"));
      });
    });
  };
  const lists = ticking(["a"], {
    listActive: (options) => hanging("list", lists, options),
    history: (_range, options) => hanging("history", lists, options),
  });
  await lists.tick();
  expect(lists.observed.a).toEqual([{ kind: "missing" }]);
  const reads = ticking(["a"], {
    listActive: async () => page(),
    record: (_id, options) => hanging("record", reads, options),
  });
  await reads.tick();
  expect(cutAt).toEqual({ list: 30, history: 30, record: 30 });
});
