import { timesAsLong } from "./times-as-long";

const busy = (rounds: number) => () => {
  let sum = 0;
  for (let round = 0; round < rounds; round += 1) sum = (sum * 31 + round) | 0;
  return sum;
};

test("finds work that takes thirty times as long, and accepts equal work", () => {
  expect(timesAsLong(busy(9_000_000), busy(300_000), { enough: 8 })).toBeGreaterThan(12);
  expect(timesAsLong(busy(300_000), busy(300_000), { enough: 2 })).toBeLessThanOrEqual(2);
});

test("one slow measurement of many does not count", () => {
  let calls = 0;
  // The first calls are slow, as on a busy machine.
  const disturbed = () => busy(calls++ < 3 ? 9_000_000 : 300_000)();
  expect(timesAsLong(disturbed, busy(300_000), { enough: 4 })).toBeLessThanOrEqual(4);
});
