import { atEndOfClock, mayBeKilled, stopReport } from "./abort-end";

test.each([
  ["missing", true, undefined, "unknown"],
  ["missing", false, undefined, "unknown"],
  ["refused", true, undefined, "unobserved"],
  ["refused", false, "missing", "unobserved"],
  ["refused", false, "refused", "unobserved"],
  ["refused", false, "unclear", "unclear"],
  ["refused", false, undefined, "unclear"],
  ["status", true, "unclear", "not ended"],
  ["status", false, "missing", "refused"],
  ["unlisted", false, "refused", "refused"],
  ["unreachable", false, "unsent", "unclear"],
] as const)("a run last %s, accepted: %s, answered %s, is %s", (latest, isAccepted, answer, expected) => {
  expect(atEndOfClock({ latest, isAccepted, answer })).toBe(expected);
});

const ABORTED = Date.parse("2026-03-01T12:00:00Z");
const endedAfter = (seconds: number) => new Date(ABORTED + seconds * 1000).toISOString();

test.each([
  ["after its grace period", 10, { endedAt: endedAfter(11) }, true],
  ["at its end", 10, { endedAt: endedAfter(10) }, true],
  ["within it", 10, { endedAt: endedAfter(9) }, false],
  ["without an end time", 10, {}, true],
  ["without a grace period", undefined, { endedAt: endedAfter(11) }, false],
  ["with an exit code", 10, { endedAt: endedAfter(11), returnCode: 0 }, false],
])("the exit code of a run that ended %s may show a kill: %#", (_, grace, end, expected) => {
  const recorded = { gracefulTimeout: grace } as Parameters<typeof mayBeKilled>[0];
  expect(mayBeKilled(recorded, { status: "aborted", ...end }, ABORTED, ABORTED + 20_000)).toBe(expected);
});

test.each([
  ["killed after its grace period", 10, 11, 137, "; its grace period of 10 s was too short, and it was killed."],
  ["killed at its end", 10, 10, 137, "; its grace period of 10 s was too short, and it was killed."],
  ["killed within it", 10, 9, 137, ", within its grace period of 10 s."],
  ["stopped at its end", 10, 10, 143, ", within its grace period of 10 s."],
  ["stopped later", 10, 11, 143, "."],
  ["killed, without a grace period", undefined, 11, 137, "."],
])("the row of a run that was %s", (_, grace, seconds, returnCode, text) => {
  const recorded = { executionId: "r", gracefulTimeout: grace } as Parameters<typeof stopReport>[0];
  const end = { status: "aborted", returnCode, endedAt: endedAfter(seconds) };
  expect(stopReport(recorded, end, ABORTED, ABORTED + 60_000)).toEqual({
    message: `Run r ended aborted ${seconds} s after its abort${text}`,
    lasting: text.includes("too short"),
  });
});
