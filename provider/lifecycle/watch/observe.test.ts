import { type Observation, watchAbsence } from "./observe";

const unlisted = { kind: "unlisted" } as Observation;
const listed = { kind: "status", status: "running" } as Observation;
const unreachable = { kind: "unreachable" } as Observation;

/** How many seconds after the abort a watch first reports the end, if observations are made at these seconds. */
function goneAt(graceSeconds: number, observations: readonly (readonly [number, Observation])[]): number | undefined {
  let now = 0;
  const isGone = watchAbsence({ now: () => now }, { abortedAt: 0, graceSeconds });
  return observations.find(([at, observation]) => {
    now = at * 1000;
    return isGone(observation);
  })?.[0];
}

const every10 = (from: number, to: number, observation = unlisted) =>
  Array.from({ length: (to - from) / 10 + 1 }, (_, index) => [from + 10 * index, observation] as const);

test("a run that is off the list for 30 s after the grace period has ended", () => {
  expect(goneAt(10, every10(0, 100))).toBe(30);
});

test("a run that is off the list within the grace period has not ended", () => {
  expect(goneAt(120, every10(0, 200))).toBe(120);
});

test("a run that the list shows until it stops gets no second grace period", () => {
  expect(goneAt(120, [...every10(0, 110, listed), ...every10(120, 200)])).toBe(150);
});

test.each([listed, unreachable])("every other observation restarts the 30 s: $kind", (observation) => {
  expect(goneAt(10, [...every10(0, 20), [25, observation], ...every10(30, 100)])).toBe(60);
});
