import { sharedLiveness } from "./shared-liveness";

test("starts that begin together share one question; a later one, or a clock set back, asks anew", async () => {
  let now = 1_000_000;
  const answers = [true, false, true];
  const engine = sharedLiveness({ isAlive: async () => answers.shift() ?? false }, { now: () => now });
  expect(await Promise.all([engine.isAlive(), engine.isAlive()])).toEqual([true, true]);
  now += 99;
  expect(await engine.isAlive()).toBe(true);
  now += 1;
  expect(await engine.isAlive()).toBe(false);
  now -= 1000;
  expect(await engine.isAlive()).toBe(true);
  expect(answers).toEqual([]);
});
