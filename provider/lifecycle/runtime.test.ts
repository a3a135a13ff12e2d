import type { ExecutionPage } from "../lyceum/port";
import { createRuntime, sharedAnswer } from "./runtime";
import { createMemoryBucket } from "./testing/memory-bucket";
import { createModelService } from "./testing/model-service";
import { memoryPorts } from "./testing/projects";
import { createVirtualClock } from "./testing/virtual-clock";

const page: ExecutionPage = { executions: [], unreadable: 0, hasMore: false };

test("calls within two seconds share one request; later calls send a new one", async () => {
  const clock = createVirtualClock();
  let asked = 0;
  const listActive = async () => {
    asked += 1;
    return page;
  };
  const list = sharedAnswer(clock, 2000, listActive);
  await Promise.all([list(), list()]);
  await clock.sleep(2);
  await list();
  expect(asked).toBe(1);
  await clock.sleep(0.1);
  await list();
  expect(asked).toBe(2);
});

test("a list that failed is read again", async () => {
  let asked = 0;
  const listActive = async () => {
    asked += 1;
    if (asked === 1) throw new Error("refused");
    return page;
  };
  const list = sharedAnswer(createVirtualClock(), 2000, listActive);
  const both = await Promise.allSettled([list(), list()]);
  expect(both.map(({ status }) => status)).toEqual(["rejected", "rejected"]);
  expect(await list()).toBe(page);
  expect(asked).toBe(2);
});

test("a clock that was set back causes a new request", async () => {
  let now = 1_000_000;
  const answers = [true, false];
  const isAlive = sharedAnswer({ now: () => now }, 100, async () => answers.shift() ?? false);
  expect(await Promise.all([isAlive(), isAlive()])).toEqual([true, true]);
  now -= 1000;
  expect(await isAlive()).toBe(false);
  expect(answers).toEqual([]);
});

/** Makes the runtime of a process, and counts how often it opens its client and its bucket. */
function opened() {
  const clock = createVirtualClock();
  const service = createModelService(clock);
  const opens = { client: 0, bucket: 0, settings: 0 };
  const runtime = createRuntime({
    clock,
    engine: {
      report: { progress: () => undefined, notice: () => undefined, warning: () => undefined },
      liveness: { isAlive: async () => true },
      flush: async () => undefined,
    },
    open: () => {
      opens.client += 1;
      return service.client;
    },
    openBucket: () => {
      opens.bucket += 1;
      return createMemoryBucket().bucket;
    },
    project: memoryPorts(),
    whenUnverified: () => {
      opens.settings += 1;
      // The configuration is read when the client is opened.
      return opens.client === 0 ? undefined : "fail";
    },
  });
  return { runtime, context: runtime.context("urn"), service, opens };
}

test("a process opens its client and its bucket only when it needs them, and once", () => {
  const { context, opens } = opened();
  expect(opens).toEqual({ client: 0, bucket: 0, settings: 0 });
  for (const _again of [1, 2]) expect([context.client, context.bucket]).toEqual([expect.anything(), expect.anything()]);
  expect(opens).toEqual({ client: 1, bucket: 1, settings: 0 });
});

test("the setting whenUnverified is read after the configuration", () => {
  expect(opened().context.whenUnverified).toBe("fail");
});

test("a refresh sends one list call and one call for the history", async () => {
  const { context, service } = opened();
  const { refresh } = context;
  for (const _again of [1, 2])
    await Promise.all([refresh.listActive(), refresh.history({ limit: 10, offset: 0 }), context.refresh.listActive()]);
  expect(service.calls.filter((call) => /^(listActive|history)/.test(call))).toHaveLength(2);
});

test("each start has its own tag of four characters", () => {
  const { newTag } = opened().context;
  const tags = Array.from({ length: 200 }, () => newTag());
  for (const tag of tags) expect(tag).toMatch(/^[0-9a-z]{4}$/);
  // Two of them may be equal by chance.
  expect(new Set(tags).size).toBeGreaterThan(190);
});
