import { AdjustableClock } from "./adjustable-clock";

beforeEach(() => {
  jest.useFakeTimers({ doNotFake: ["setImmediate"] });
});
afterEach(() => {
  jest.useRealTimers();
});

test("time passes by itself, and a test can move it forward", async () => {
  const clock = new AdjustableClock();
  const [start, happened] = [clock.now(), [] as string[]];
  clock.schedule(1_000, () => happened.push("second"));
  clock.schedule(3_600_000, () => happened.push("hour"));
  clock.schedule(1_800_000, () => clock.schedule(60_000, () => happened.push("half an hour later")));
  const cancel = clock.schedule(5, () => happened.push("cancelled"));
  cancel();
  jest.advanceTimersByTime(999);
  expect(happened).toEqual([]);
  jest.advanceTimersByTime(1);
  expect(happened).toEqual(["second"]);
  await clock.advance(3_000_000);
  expect(happened).toEqual(["second", "half an hour later"]);
  expect(clock.now() - start).toBe(3_001_000);
  jest.advanceTimersByTime(599_000);
  expect(happened).toEqual(["second", "half an hour later", "hour"]);
});

test("no timer keeps the process alive after its action is cancelled or done, and two actions need one", async () => {
  const clock = new AdjustableClock();
  const cancel = clock.schedule(10, () => undefined);
  clock.schedule(5, () => undefined);
  expect(jest.getTimerCount()).toBe(1);
  cancel();
  expect(jest.getTimerCount()).toBe(1);
  jest.advanceTimersByTime(5);
  expect(jest.getTimerCount()).toBe(0);
  const last = clock.schedule(5, () => undefined);
  last();
  expect(jest.getTimerCount()).toBe(0);
  clock.schedule(5, () => undefined);
  await clock.advance(5);
  expect(jest.getTimerCount()).toBe(0);
});

test("an action may cancel another one of the same time, and an error of one does not stop the next", () => {
  const clock = new AdjustableClock();
  const happened: string[] = [];
  clock.schedule(5, () => {
    cancel();
    throw new Error("first");
  });
  const cancel = clock.schedule(5, () => happened.push("cancelled"));
  clock.schedule(6, () => happened.push("next"));
  expect(() => jest.advanceTimersByTime(5)).toThrow("first");
  jest.advanceTimersByTime(1);
  expect(happened).toEqual(["next"]);
});

test.each([0, -5])("what is due in %d ms happens at once", (milliseconds) => {
  const action = jest.fn();
  new AdjustableClock().schedule(milliseconds, action);
  jest.advanceTimersByTime(0);
  expect(action).toHaveBeenCalledTimes(1);
});

test("a timer may be longer than the longest one of Node.js", async () => {
  const clock = new AdjustableClock();
  let isOver = false;
  clock.schedule(2 ** 32, () => {
    isOver = true;
  });
  jest.advanceTimersByTime(2 ** 31);
  expect(isOver).toBe(false);
  await clock.advance(2 ** 31);
  expect(isOver).toBe(true);
});

test("actions less than a millisecond apart happen in the order of their times, and then of their calls", () => {
  const clock = new AdjustableClock();
  const happened: number[] = [];
  for (const at of [5.9, 5.1, 4.99, 5.1, 0.2, 5.95]) clock.schedule(at, () => happened.push(at));
  jest.advanceTimersByTime(10);
  expect(happened).toEqual([0.2, 4.99, 5.1, 5.1, 5.9, 5.95]);
});
