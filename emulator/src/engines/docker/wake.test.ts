import { ManualClock } from "../../testing/manual-clock";
import { dataMark, projectName, runLabels, runScope } from "./names";
import { pause, Wake, within } from "./wake";

/** Returns whether a promise is resolved after the next turn of the event loop. */
async function isOver(promise: Promise<unknown>): Promise<boolean> {
  let over = false;
  void promise.then(() => {
    over = true;
  });
  await new Promise(setImmediate);
  return over;
}

test("a sleep ends at a notice or after its time, and the next one begins anew", async () => {
  const clock = new ManualClock(0);
  const wake = new Wake(clock);
  const first = wake.wait(1_000);
  expect(await isOver(first)).toBe(false);
  wake.notice();
  expect(await isOver(first)).toBe(true);
  const second = wake.wait(1_000);
  await clock.advance(999);
  expect(await isOver(second)).toBe(false);
  await clock.advance(1);
  expect(await isOver(second)).toBe(true);
  expect(await isOver(wake.wait(1))).toBe(false);
});

test("a notice that comes before a sleep ends this sleep only", async () => {
  const wake = new Wake(new ManualClock(0));
  expect(await isOver(wake.wait(1_000))).toBe(false);
  wake.notice();
  wake.notice();
  const early = new Wake(new ManualClock(0));
  early.notice();
  expect([await isOver(early.wait(1_000)), await isOver(early.wait(1_000))]).toEqual([true, false]);
});

test("a sleep that has ended leaves nothing to do on the clock, and a time in the past is now", async () => {
  const clock = new ManualClock(0);
  const wake = new Wake(clock);
  const actions: number[] = [];
  const schedule = clock.schedule.bind(clock);
  clock.schedule = (milliseconds, action) =>
    schedule(milliseconds, () => {
      actions.push(milliseconds);
      action();
    });
  const sleep = wake.wait(10);
  wake.notice();
  await sleep;
  const past = wake.wait(-5);
  await clock.advance(0);
  expect([await isOver(past), actions]).toEqual([true, [0]]);
  await clock.advance(100);
  expect(actions).toEqual([0]);
});

test("a pause lasts its time", async () => {
  const clock = new ManualClock(0);
  const paused = pause(clock, 5);
  await clock.advance(4);
  expect(await isOver(paused)).toBe(false);
  await clock.advance(1);
  expect(await isOver(paused)).toBe(true);
});

test("a promise has its value within a time, or none", async () => {
  const clock = new ManualClock(0);
  expect(await within(clock, 5, Promise.resolve("value"))).toBe("value");
  const late = within(clock, 5, new Promise(() => undefined));
  expect(await isOver(late)).toBe(false);
  await clock.advance(5);
  expect(await late).toBeUndefined();
  await expect(within(clock, 5, Promise.reject(new Error("failed")))).rejects.toThrow("failed");
});

test("the names of a run belong to its engine's folder, its id and its process", () => {
  expect(dataMark("/a")).toMatch(/^[0-9a-f]{12}$/);
  expect([dataMark("/a"), dataMark("/a") === dataMark("/b")]).toEqual([dataMark("/a"), false]);
  const scope = runScope("local-1", "m", "me:1");
  expect([scope.project, scope.project === projectName("local-1")]).toEqual(["lyceum-local-1", true]);
  expect(Object.values(runLabels(scope))).toEqual(["m", "local-1", "me:1"]);
});
