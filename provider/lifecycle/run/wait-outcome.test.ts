import { classifyStatus, hasEnded, isBareEnd, isEndKind, kindOf, type StatusFacts } from "../../lyceum/answers/status";
import type { WaitFor } from "./inputs";
import { type WaitOutcome, waitOutcome } from "./wait-outcome";

test.each<[StatusFacts, boolean]>([
  [{ status: "failed" }, true],
  [{ status: "completed" }, true],
  [{ status: "aborted" }, true],
  [{ status: "running" }, false],
  [{ status: "failed", returnCode: 1 }, false],
  [{ status: "completed", returnCode: 0 }, false],
  [{ status: "aborted", endedAt: "2026-03-01T12:00:00Z" }, false],
  [{ status: "failed", returnCode: 1, endedAt: "2026-03-01T12:00:00Z" }, false],
  [{ status: "thawing" }, false],
])("%j has only a word for its end: %s", (run, isBare) => {
  expect(isBareEnd(run)).toBe(isBare);
});

test("three kinds are ends", () => {
  const kinds = ["completed", "failed", "aborted", "waiting", "running", "stopping", "unknown"] as const;
  expect(kinds.filter((kind) => isEndKind(kind))).toEqual(["completed", "failed", "aborted"]);
});

describe("classifyStatus", () => {
  test.each([
    ["pending", "waiting"],
    ["queued", "waiting"],
    ["waiting for docker container", "waiting"],
    ["RUNNING", "running"],
    [" running ", "running"],
    ["cancelling", "stopping"],
    ["completed", "completed"],
    ["success", "completed"],
    ["failed", "failed"],
    ["failed_user", "failed"],
    ["failed_system", "failed"],
    ["system_failure", "failed"],
    ["timeout", "failed"],
    ["error", "failed"],
    ["aborted", "aborted"],
    ["cancelled", "aborted"],
  ])("%s is %s", (word, kind) => expect(classifyStatus(word)).toBe(kind));

  test.each(["", "archived", "toString", "__proto__", "constructor"])("%j is unknown, and no end", (word) => {
    expect(classifyStatus(word)).toBe("unknown");
    expect(hasEnded({ status: word })).toBe(false);
  });
});

describe("waitOutcome", () => {
  const table: [string, Record<WaitFor, WaitOutcome>][] = [
    ["pending", { accepted: "reached", running: "wait", completed: "wait" }],
    ["running", { accepted: "reached", running: "reached", completed: "wait" }],
    ["cancelling", { accepted: "reached", running: "wait", completed: "wait" }],
    ["completed", { accepted: "reached", running: "reached", completed: "reached" }],
    ["failed", { accepted: "fell-short", running: "fell-short", completed: "fell-short" }],
    ["aborted", { accepted: "fell-short", running: "fell-short", completed: "fell-short" }],
    ["a new word", { accepted: "reached", running: "wait", completed: "wait" }],
  ];
  test.each(table)("%s", (status, outcomes) => {
    for (const [waitFor, outcome] of Object.entries(outcomes))
      expect(waitOutcome(waitFor as WaitFor, { status })).toBe(outcome);
  });
});

describe("kindOf", () => {
  const endedAt = "2026-03-01T12:00:10Z";
  test.each<[StatusFacts, string]>([
    [{ status: "completed" }, "completed"],
    [{ status: "Completed", returnCode: 0 }, "completed"],
    [{ status: "completed", returnCode: 3 }, "failed"],
    [{ status: "failed", returnCode: 0, endedAt }, "failed"],
    [{ status: "aborted", returnCode: 143, endedAt }, "aborted"],
    [{ status: "cancelling", returnCode: 137, endedAt }, "aborted"],
    [{ status: "archived", returnCode: 0, endedAt }, "completed"],
    [{ status: "running", returnCode: 2, endedAt }, "failed"],
    [{ status: "archived", returnCode: 0 }, "unknown"],
    [{ status: "archived", endedAt }, "unknown"],
    [{ status: "running", endedAt }, "running"],
  ])("%j is %s", (run, kind) => expect(kindOf(run)).toBe(kind));

  test("a completed run with another exit code than 0 failed, whatever is waited for", () => {
    for (const waitFor of ["accepted", "running", "completed"] as const) {
      expect(waitOutcome(waitFor, { status: "completed", returnCode: 1 })).toBe("fell-short");
    }
  });
});

test.each(["failed", "aborted"])(
  "a run that ended %s has not completed, though it shows exit code 0 and an end time",
  (status) => {
    const run = { status, returnCode: 0, endedAt: "2026-03-01T12:00:00Z" };
    expect(waitOutcome("accepted", run)).toBe("fell-short");
  },
);
