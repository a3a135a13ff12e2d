import { recordedRun } from "../../testing/maps";
import { endWasNotReported, isOver, latestEnd, mustHaveEnded, withMissing } from "./ended";

const BEGUN = Date.parse("2026-03-01T12:00:00Z");
const LATER = "2026-03-01T12:10:00Z";
const recorded = (facts: Record<string, unknown>) =>
  recordedRun("r1", { executionId: "r1", status: "running", ...facts });
const known = { createdAt: "2026-03-01T12:00:00Z", queueClock: 100, timeout: 60, gracefulTimeout: 10 };
const END = BEGUN + (100 + 60 + 10 + 3600) * 1000;

test.each([
  ["after queue clock, timeout, grace period and an hour", known, END],
  ["counted from the later of two times", { ...known, requestedAt: LATER }, END + 600_000],
  ["counted from the only time that can be read", { ...known, createdAt: "soon", requestedAt: LATER }, END + 600_000],
  [
    "with the longest limits, if none is recorded",
    { createdAt: known.createdAt },
    BEGUN + (1200 + 600 + 300 + 3600) * 1000,
  ],
  ["unknown without a time", { queueClock: 100 }, undefined],
])("the latest end of a run is %s", (_, facts, expected) => expect(latestEnd(recorded(facts))).toBe(expected));

test.each([
  ["at its latest end", known, END, false],
  ["after its latest end", known, END + 1, true],
  ["without a time, ever", {}, END * 2, false],
])("a run that answers 404 may be active %s", (_, facts, now, ended) => {
  expect(mustHaveEnded(recorded(facts), now)).toBe(ended);
  expect(withMissing(recorded(facts), now).missing).toBe(ended ? "forgotten" : "lost");
});

test.each([
  ["running", undefined, false, false],
  ["running", "lost", false, false],
  ["running", "forgotten", true, true],
  ["completed", "forgotten", false, true],
  ["failed", undefined, false, true],
])("a run recorded as %s and %s: has an end without a report %s, is over %s", (status, missing, silent, over) => {
  const run = recorded({ status, missing });
  expect([endWasNotReported(run), isOver(run)]).toEqual([silent, over]);
});
