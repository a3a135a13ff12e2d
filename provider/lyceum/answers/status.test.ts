import { readFileSync } from "node:fs";
import { join } from "node:path";
import {
  classifyStatus,
  failureCause,
  hasEnded,
  isBareEnd,
  isEndKind,
  kindOf,
  STATUS_WORDS,
  type StatusFacts,
} from "./status";

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
])("only a status word shows the end of %j: %s", (run, isBare) => {
  expect(isBareEnd(run)).toBe(isBare);
});

test("three kinds are ends", () => {
  const kinds = ["completed", "failed", "aborted", "waiting", "running", "stopping", "unknown"] as const;
  expect(kinds.filter((kind) => isEndKind(kind))).toEqual(["completed", "failed", "aborted"]);
});

test.each(["RUNNING", " running "])("%j is read as running", (word) => expect(classifyStatus(word)).toBe("running"));

test.each(["", "archived", "toString", "__proto__", "constructor"])("%j is unknown, and no end", (word) => {
  expect(classifyStatus(word)).toBe("unknown");
  expect(hasEnded({ status: word })).toBe(false);
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
  ])("a run with %j is %s", (run, kind) => expect(kindOf(run)).toBe(kind));
});

test.each<[StatusFacts, string | undefined]>([
  [{ status: "failed" }, "failed"],
  [{ status: " Timeout " }, "timeout"],
  [{ status: "failed_system" }, "system_failure"],
  [{ status: "system_failure" }, "system_failure"],
  [{ status: "failed_user" }, "failed"],
  [{ status: "error" }, "failed"],
  [{ status: "completed", returnCode: 3 }, "failed"],
  [{ status: "toString", returnCode: 3, endedAt: "2026-03-01T12:00:10Z" }, "failed"],
  [{ status: "completed", returnCode: 0 }, undefined],
  [{ status: "aborted" }, undefined],
  [{ status: "running" }, undefined],
])("the cause of the failure of a run with %j is %s", (run, cause) => expect(failureCause(run)).toBe(cause));

const PAGE = "docs/explanation/lifecycle.md";

test(`the first table of ${PAGE} has each word in the row of its kind`, () => {
  const [, table = ""] =
    /\n\n(\| status \|.*?)\n\n/s.exec(readFileSync(join(__dirname, "../../..", PAGE), "utf8")) ?? [];
  const rows = table.split("\n").map((row) => (row.split("|")[1] ?? "").split(",").map((word) => word.trim()));
  const kinds = new Set(STATUS_WORDS.map(classifyStatus));
  const expected = [...kinds].map((kind) => STATUS_WORDS.filter((word) => classifyStatus(word) === kind));
  for (const words of expected) expect(rows).toContainEqual(words);
});
