import type { ExecutionPage } from "../lyceum/port";
import { sharedAnswer } from "./runtime";
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
