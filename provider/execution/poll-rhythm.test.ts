import { nextReadDelay, tickSeconds } from "./poll-rhythm";

test.each([
  [0, 0.5],
  [2.9, 0.5],
  [3, 1],
  [14.9, 1],
  [15, 2],
  [59.9, 2],
  [60, 5],
  [1e9, 5],
])("%d s after the youngest wait began, the next list call is %d s away", (age, seconds) => {
  expect(tickSeconds(age)).toBe(seconds);
});

test("reads of a single run come after 1, 2, 4, 8 and from then on 15 s", () => {
  expect([0, 1, 2, 3, 4, 5, 10, 11, 5000].map(nextReadDelay)).toEqual([1, 2, 4, 8, 15, 15, 15, 15, 15]);
});
