import { readFileSync } from "node:fs";
import { join } from "node:path";
import { classifyStatus, STATUS_WORDS } from "../../lyceum/answers/status";
import { WAIT_OUTCOMES, type WaitOutcome, waitOutcome } from "./wait-outcome";

const PAGE = "docs/explanation/lifecycle.md";
const SHOWN: Readonly<Record<WaitOutcome, string>> = { reached: "done", "fell-short": "failure", wait: "wait" };

test(`the first table of ${PAGE} has the words of provider/lyceum/answers/status.ts, a row for each kind`, () => {
  const [, table] = /\n\n(\| status \|.*?)\n\n/s.exec(readFileSync(join(__dirname, "../../..", PAGE), "utf8")) ?? [];
  const rows = Object.entries(WAIT_OUTCOMES).map(([kind, outcomes]) => {
    const words = STATUS_WORDS.filter((word) => classifyStatus(word) === kind).join(", ");
    const cells = [outcomes.accepted, outcomes.running, outcomes.completed].map((outcome) => SHOWN[outcome]);
    return `| ${[kind === "unknown" ? "an unknown status" : words, ...cells].join(" | ")} |`;
  });
  expect(table?.split("\n").slice(2)).toEqual(rows);
});

test("a completed run with an exit code other than 0 failed, for each `waitFor`", () => {
  for (const waitFor of ["accepted", "running", "completed"] as const) {
    expect(waitOutcome(waitFor, { status: "completed", returnCode: 1 })).toBe("fell-short");
  }
});

test.each(["failed", "aborted"])(
  "a run that ended %s has not completed, though it shows exit code 0 and an end time",
  (status) => {
    const run = { status, returnCode: 0, endedAt: "2026-03-01T12:00:00Z" };
    expect(waitOutcome("accepted", run)).toBe("fell-short");
  },
);
