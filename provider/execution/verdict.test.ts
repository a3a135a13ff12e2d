import type { WaitFor } from "./inputs";
import { classifyStatus, isEnd } from "./status";
import { judge, type Verdict } from "./verdict";

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
    expect(isEnd(word)).toBe(false);
  });
});

describe("judge", () => {
  const table: [string, Record<WaitFor, Verdict>][] = [
    ["pending", { accepted: "reached", running: "wait", completed: "wait" }],
    ["running", { accepted: "reached", running: "reached", completed: "wait" }],
    ["cancelling", { accepted: "reached", running: "wait", completed: "wait" }],
    ["completed", { accepted: "reached", running: "reached", completed: "reached" }],
    ["failed", { accepted: "fell-short", running: "fell-short", completed: "fell-short" }],
    ["aborted", { accepted: "fell-short", running: "fell-short", completed: "fell-short" }],
    ["a new word", { accepted: "reached", running: "wait", completed: "wait" }],
  ];
  test.each(table)("%s", (status, verdicts) => {
    for (const [waitFor, verdict] of Object.entries(verdicts)) expect(judge(waitFor as WaitFor, status)).toBe(verdict);
  });
});
