import type { LyceumPort } from "../lyceum/port";
import { createPoller } from "./poller";
import { modelError } from "./testing/model-service";
import { createVirtualClock } from "./testing/virtual-clock";

/** A service that lists every run as running and notes when it was asked, in seconds. */
function createListing(clock: ReturnType<typeof createVirtualClock>, ids: readonly string[]) {
  const askedAt: number[] = [];
  const begunAt = clock.now();
  const client = {
    listActive: async () => {
      askedAt.push((clock.now() - begunAt) / 1000);
      const executions = ids.map((executionId) => ({ executionId, status: "running" }));
      return { executions, unreadable: 0, hasMore: false };
    },
  } as unknown as LyceumPort;
  return { client, askedAt };
}

test("200 waits that begin one after another cost no more list calls than one", async () => {
  const clock = createVirtualClock();
  const ids = Array.from({ length: 200 }, (_, index) => `run-${index}`);
  const { client, askedAt } = createListing(clock, ids);
  const poller = createPoller(client, clock);
  const end = clock.now() + 6000;
  const wait = async (id: string, index: number) => {
    await clock.sleep(index * 0.02);
    return poller.watch(
      id,
      () => (clock.now() >= end ? "done" : undefined),
      () => Number.POSITIVE_INFINITY,
    );
  };
  await Promise.all(ids.map(wait));
  const pauses = askedAt.slice(1).map((at, index) => at - (askedAt[index] ?? 0));
  expect(Math.min(...pauses)).toBeGreaterThanOrEqual(0.5 - 1e-6);
  expect(askedAt.length).toBeLessThanOrEqual(13);
});

test("a wait that joins a slow rhythm is looked at within half a second", async () => {
  const clock = createVirtualClock();
  const { client, askedAt } = createListing(clock, ["old", "new"]);
  const poller = createPoller(client, clock);
  const until = (seconds: number) => () => (clock.now() >= seconds ? "done" : undefined);
  const end = clock.now() + 200_000;
  const old = poller.watch("old", until(end), () => Number.POSITIVE_INFINITY);
  await clock.sleep(101.3);
  await Promise.all([old, poller.watch("new", until(end), () => Number.POSITIVE_INFINITY)]);
  expect(askedAt.some((at) => at >= 101.3 && at <= 101.8)).toBe(true);
  // The old one alone had been in the slow rhythm.
  expect(askedAt.filter((at) => at > 70 && at < 100).length).toBeLessThanOrEqual(7);
});

test("where the list is refused, single reads that ask for a pause get it", async () => {
  const clock = createVirtualClock();
  let asked = 0;
  const limited = async () => {
    asked += 1;
    throw modelError(429, 30);
  };
  const client = {
    listActive: async () => {
      throw modelError(403);
    },
    record: limited,
    olderStatus: limited,
    history: async () => ({ executions: [], unreadable: 0, hasMore: false }),
  } as unknown as LyceumPort;
  const poller = createPoller(client, clock);
  const end = clock.now() + 120_000;
  const ids = Array.from({ length: 40 }, (_, index) => `run-${index}`);
  await Promise.all(
    ids.map((id) =>
      poller.watch(
        id,
        () => undefined,
        () => end,
      ),
    ),
  );
  // Those of one tick that were under way together, with two calls each, in every half minute.
  expect(asked).toBeLessThanOrEqual(5 * 8 * 2);
});
