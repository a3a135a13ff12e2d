import type { LyceumPort } from "../../lyceum/port";
import { modelError } from "../testing/model-service";
import { createVirtualClock } from "../testing/virtual-clock";
import { createTick, type Watcher } from "./poll-tick";

// A service that asks to be left alone, or that hangs.

function watching(ids: readonly string[], clock: ReturnType<typeof createVirtualClock>) {
  const observed: string[] = [];
  const watchers = new Set<Watcher>(
    ids.map((executionId) => ({
      executionId,
      begunAt: clock.now(),
      nextReadAt: 0,
      reads: 0,
      see: ({ kind }) => void observed.push(kind),
      fail: () => void observed.push("failed"),
    })),
  );
  return { observed, watchers };
}

test.each([
  [undefined, 5],
  [1, 1],
  [30, 30],
  [60, 60],
  [3600, 60],
])("a list that asks for a pause of %p s is left alone for %d s", async (asked, seconds) => {
  const clock = createVirtualClock();
  const listedAt: number[] = [];
  const begunAt = clock.now();
  const client = {
    listActive: async () => {
      listedAt.push((clock.now() - begunAt) / 1000);
      throw modelError(429, asked);
    },
  } as unknown as LyceumPort;
  const { watchers, observed } = watching(["a"], clock);
  const tick = createTick(client, clock, watchers, () => undefined);
  for (let at = 0; at <= seconds; at += 0.5) {
    await tick();
    await clock.sleep(0.5);
  }
  expect(listedAt).toEqual([0, seconds]);
  // Neither is a run read meanwhile.
  expect(observed).toEqual([]);
});

test.each([
  // Those that were under way at once.
  [20, 8],
  // No pause at all.
  [0, 30],
])(
  "a read that asks for a pause of %d s lets %d of 30 reads be made, and is not an observation",
  async (seconds, most) => {
    const clock = createVirtualClock();
    let reads = 0;
    const client = {
      listActive: async () => ({ executions: [], unreadable: 0, hasMore: false }),
      record: async () => {
        reads += 1;
        throw modelError(429, seconds);
      },
      olderStatus: async () => {
        throw modelError(429, seconds);
      },
    } as unknown as LyceumPort;
    const ids = Array.from({ length: 30 }, (_, index) => `run-${index}`);
    const { watchers, observed } = watching(ids, clock);
    const tick = createTick(client, clock, watchers, () => undefined);
    await tick();
    await tick();
    expect(reads).toBe(most);
    expect(observed).toEqual([]);
  },
);

test("a call of a service that hangs is cut off after the time of a read", async () => {
  const clock = createVirtualClock();
  const cutAt: Record<string, number> = {};
  const begunAt = clock.now();
  const hanging = (name: string) => (signal: AbortSignal | undefined) =>
    new Promise<never>((_resolve, reject) => {
      signal?.addEventListener("abort", () => {
        cutAt[name] = (clock.now() - begunAt) / 1000;
        reject(new Error("cut off"));
      });
    });
  const missing = async () => ({ kind: "missing" });
  const client = {
    listActive: (options: { signal?: AbortSignal }) => hanging("list")(options.signal),
    record: missing,
    olderStatus: missing,
    history: (_range: unknown, options: { signal?: AbortSignal }) => hanging("history")(options.signal),
  } as unknown as LyceumPort;
  const { watchers, observed } = watching(["a"], clock);
  await createTick(client, clock, watchers, () => undefined)();
  expect(cutAt).toEqual({ list: 30, history: 60 });
  expect(observed).toEqual(["missing"]);

  const reading = { ...client, listActive: async () => ({ executions: [], unreadable: 0, hasMore: false }) };
  const record = (_id: string, options: { signal?: AbortSignal }) => hanging("record")(options.signal);
  const again = watching(["a"], clock);
  await createTick({ ...reading, record } as unknown as LyceumPort, clock, again.watchers, () => undefined)();
  expect(cutAt.record).toBe(90);
});
