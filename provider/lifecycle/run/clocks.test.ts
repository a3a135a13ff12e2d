import { deleteClock, deleteClockSetting, nextDeadline, queueClock, waitClocks } from "./clocks";

const limits = { timeout: 60, gracefulTimeout: 10 };

test.each([
  ["the defaults", {}, undefined, { queue: 1200, run: 190, total: 1390 }],
  ["a queue clock", { queue: 5 }, undefined, { queue: 5, run: 190, total: 195 }],
  ["a run clock", { run: 5 }, undefined, { queue: 1200, run: 5, total: 1205 }],
  ["a total clock", { total: 7 }, undefined, { queue: 1200, run: 190, total: 7 }],
  ["a shorter custom timeout", { total: 7 }, 6, { queue: 1200, run: 190, total: 6 }],
  ["a longer custom timeout", { total: 7 }, 8, { queue: 1200, run: 190, total: 7 }],
])("a wait has %s", (_, clocks, custom, expected) => {
  expect(waitClocks({ ...limits, clocks }, custom)).toEqual(expected);
});

test.each([
  [{}, {}, undefined],
  [{ delete: 5 }, {}, 5],
  [{}, { delete: 6 }, 6],
  [{ delete: 5 }, { delete: 4 }, 4],
])("of the limits %j and %j of a delete, the shorter one counts: %j", (clocks, custom, expected) => {
  expect(deleteClockSetting(clocks, custom)).toBe(expected);
});

test("the clock of a delete is the recorded limit, or else its default", () => {
  expect(deleteClock({ deleteClock: 5, gracefulTimeout: 10 })).toBe(5);
  expect(deleteClock({ gracefulTimeout: 10 })).toBe(70);
  expect(deleteClock({})).toBe(360);
  expect(queueClock({ queueClock: 5 })).toBe(5);
  expect(queueClock({})).toBe(1200);
});

test.each([
  ["queue", { queue: 5, run: 1, total: 9 }, undefined, 5],
  ["total", { queue: 9, run: 1, total: 5 }, undefined, 5],
  ["run", { queue: 1, run: 3, total: 9 }, 4, 7],
  ["total", { queue: 1, run: 9, total: 9 }, 4, 9],
  ["queue", { queue: 5, run: 1, total: 5 }, undefined, 5],
])("the %s clock of %j runs out first for a run that runs since %s", (clock, clocks, runningSince, at) => {
  const moments = { begunAt: 0, runningSince: runningSince === undefined ? undefined : runningSince * 1000 };
  expect(nextDeadline(clocks, moments)).toEqual({ clock, at: at * 1000 });
});
