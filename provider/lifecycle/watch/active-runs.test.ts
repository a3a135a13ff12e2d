import type { CallOptions, ExecutionPage } from "../../lyceum/port";
import { modelError } from "../testing/model-service";
import { createVirtualClock } from "../testing/virtual-clock";
import { createActiveRuns, type ListedRuns } from "./active-runs";

const run = { executionId: "a", status: "running" };
const page: ExecutionPage = { executions: [run], unreadable: 0, hasMore: false };

/** Makes lists that answer or fail after some seconds. */
function lists(seconds: number, error?: unknown, latest: () => ListedRuns | undefined = () => undefined) {
  const clock = createVirtualClock();
  let asked = 0;
  const listActive = async ({ signal }: CallOptions = {}): Promise<ExecutionPage> => {
    asked += 1;
    await clock.sleep(seconds, signal);
    if (error !== undefined || signal?.aborted) throw error ?? signal?.reason;
    return page;
  };
  return { clock, asked: () => asked, activeRuns: createActiveRuns(() => ({ listActive }), clock, latest) };
}

test("calls within two seconds share one list; later calls read a new one", async () => {
  const { clock, asked, activeRuns } = lists(0);
  expect(await Promise.all([activeRuns(), activeRuns()])).toEqual([[run], [run]]);
  await clock.sleep(2);
  await activeRuns();
  expect(asked()).toBe(1);
  await clock.sleep(0.1);
  await activeRuns();
  expect(asked()).toBe(2);
});

test("a list that a watch has just read is used for two seconds", async () => {
  const watched: { latest?: ListedRuns } = {};
  const { clock, asked, activeRuns } = lists(0, undefined, () => watched.latest);
  watched.latest = { at: clock.now(), runs: [run] };
  await clock.sleep(2);
  expect(await activeRuns()).toEqual([run]);
  expect(asked()).toBe(0);
  await clock.sleep(0.1);
  await activeRuns();
  expect(asked()).toBe(1);
  // This list was read before the clock was set back.
  watched.latest = { at: clock.now() + 60_000, runs: [] };
  expect(await activeRuns()).toEqual([run]);
});

test("a list that failed is read again", async () => {
  const { asked, activeRuns } = lists(1, modelError(500));
  for (let time = 1; time <= 3; time += 1) await expect(activeRuns()).rejects.toThrow("model 500");
  expect(asked()).toBe(3);
});

test("a list that takes longer than 10 s is abandoned, and not read again", async () => {
  const { clock, asked, activeRuns } = lists(45);
  const begunAt = clock.now();
  for (let time = 1; time <= 3; time += 1) {
    await expect(activeRuns()).rejects.toMatchObject({ name: "TimeoutError" });
    await clock.sleep(5);
  }
  expect((clock.now() - begunAt) / 1000).toBe(10 + 3 * 5);
  expect(asked()).toBe(1);
});
