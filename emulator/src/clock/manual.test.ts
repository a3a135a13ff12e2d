import { ManualClock } from "./manual";

test("actions run in the order of their time, at their time", async () => {
  const clock = new ManualClock(1_000);
  const observed: string[] = [];
  clock.schedule(300, () => observed.push(`c@${clock.now()}`));
  clock.schedule(100, () => {
    observed.push(`a@${clock.now()}`);
    clock.schedule(100, () => observed.push(`b@${clock.now()}`));
  });
  await clock.advance(250);
  expect(observed).toEqual(["a@1100", "b@1200"]);
  expect(clock.now()).toBe(1_250);
  await clock.advance(50);
  expect(observed).toEqual(["a@1100", "b@1200", "c@1300"]);
});

test("equal times keep the order of scheduling, and a cancelled action never runs", async () => {
  const clock = new ManualClock(0);
  const observed: number[] = [];
  clock.schedule(5, () => observed.push(1));
  const cancel = clock.schedule(5, () => observed.push(2));
  clock.schedule(5, () => observed.push(3));
  cancel();
  cancel();
  await clock.advance(5);
  expect(observed).toEqual([1, 3]);
});
