import { LONGEST_SUMMARY } from "../summary/write";
import { allResult } from "../testing/reports";
import { allMarkdown, sharedRoom } from "./all-markdown";
import { allJson, exitCodeOf } from "./all-report";
import type { Target } from "./targets";

const target = (folder: string, stack = "dev"): Target => ({
  project: { folder, name: folder, runtime: "yaml", toolchain: "", settingsFolder: folder, stacks: [stack] },
  stack,
});

const ended = (
  folder: string,
  exitCode = 0,
  summary = `<!-- pulumi-lyceum preview ${folder}/dev -->\n\n### Preview of ${folder}/dev\n\nDone.\n`,
) => ({ item: target(folder), kind: "ended", result: { exitCode, summary, report: null } }) as const;

test("a comment has a table, then the summaries in the same order without their own markers", () => {
  const waiting = {
    item: target("app"),
    kind: "not started",
    reason: "it needs net dev, which did not succeed",
  } as const;
  const text = allMarkdown(
    allResult({ operation: "apply", only: "dev", outcomes: [waiting, ended("jobs"), ended("net", 1)] }),
  );
  expect(text).toBe(`<!-- pulumi-lyceum apply all dev -->

### Apply of 3 stacks

**2 stacks of 3 did not succeed.**

| stack | result |
|---|---|
| app dev | not started: it needs net dev, which did not succeed |
| jobs dev | succeeded |
| net dev | failed |

---

### Preview of jobs/dev

Done.

---

### Preview of net/dev

Done.
`);
});

test("the stacks that no change concerns are named", () => {
  const text = allMarkdown(allResult({ since: "origin/main", untouched: [target("jobs"), target("net")] }));
  expect(text).toContain("Nothing since origin/main concerns a stack.");
  expect(text).toContain("2 stacks that nothing since origin/main concerns: jobs dev, net dev.");
});

const long = (folder: string, length: number, exitCode = 0) =>
  ended(folder, exitCode, `### ${folder}\n\n${"line of text\n".repeat(length / 13)}`);

test.each([1, 3, 30, 300, 3000])(
  "a comment about %s stacks with long summaries fits the limit of each forge",
  (number) => {
    const outcomes = Array.from({ length: number }, (_, at) =>
      long(`project-${at}`, 40_000, at === number - 1 ? 1 : 0),
    );
    const text = allMarkdown(allResult({ outcomes }));
    expect(text.length).toBeLessThanOrEqual(LONGEST_SUMMARY);
    // The summary of a stack that failed is never left out.
    expect(text).toContain(`### project-${number - 1}\n`);
    if (number > 30) expect(text).toMatch(/The summaries of \d+ further stacks are not shown here/);
  },
);

test("the space that short summaries leave is divided equally among the long ones", () => {
  const text = (length: number) => ({ text: "x\n".repeat(length / 2), isWorse: false });
  const { texts, left } = sharedRoom([text(20_000), text(1_000), text(30_000)], 31_021);
  const lengths = texts.map(({ length }) => length);
  expect(left).toBe(0);
  expect(lengths[1]).toBe(999);
  expect(Math.abs((lengths[0] ?? 0) - (lengths[2] ?? 0))).toBeLessThan(10);
  expect(lengths[0]).toBeGreaterThan(14_500);
});

test.each([
  [[], 0],
  [[0, 0], 0],
  [[0, 2], 2],
  [[2, 3], 3],
  [[3, 1, 2], 1],
  [[3, 4], 4],
  [[4, 1], 1],
  [[1, 130], 130],
  [[0, 7], 7],
])("the exit code of %j is %s", (codes, worst) => {
  expect(exitCodeOf(allResult({ outcomes: codes.map((code, at) => ended(`p${at}`, code)) }))).toBe(worst);
});

test("the JSON has the report of each stack, and names those that have none", () => {
  const waiting = { item: target("app"), kind: "not started", reason: "it needs net dev" } as const;
  expect(
    allJson(allResult({ outcomes: [ended("net", 1), waiting], untouched: [target("jobs")], since: "main" })),
  ).toEqual({
    version: 1,
    command: "preview",
    since: "main",
    error: null,
    exitCode: 1,
    stacks: [
      { folder: "net", project: "net", stack: "dev", exitCode: 1, reason: null, report: null },
      { folder: "app", project: "app", stack: "dev", exitCode: null, reason: "it needs net dev", report: null },
    ],
    untouched: [{ folder: "jobs", project: "jobs", stack: "dev" }],
    unreviewed: [],
  });
});

test("after a signal, the JSON has the exit code of the command, too", () => {
  const waiting = { item: target("app"), kind: "not started", reason: "a signal stopped the command before" } as const;
  const stopped = allResult({ operation: "apply", outcomes: [ended("net"), waiting], isStopped: true });
  expect([exitCodeOf(stopped), allJson(stopped)]).toEqual([130, expect.objectContaining({ exitCode: 130 })]);
  // The signal came when all stacks had already ended, so no stack counts as stopped.
  expect(exitCodeOf({ ...stopped, outcomes: [ended("net")] })).toBe(0);
});

test("stacks without a review are named, and did not fail", () => {
  const partly = allResult({
    operation: "apply",
    outcomes: [ended("net")],
    unreviewed: [target("app"), target("jobs")],
  });
  expect(allMarkdown(partly)).toContain(
    "All succeeded.\n\n| stack | result |\n|---|---|\n| net dev | succeeded |\n\n2 stacks without a review, not applied: app dev, jobs dev.",
  );
  const unreviewed = [{ folder: "app", project: "app", stack: "dev" }];
  expect(allJson(allResult({ unreviewed: [target("app")] }))).toMatchObject({ exitCode: 0, stacks: [], unreviewed });
  expect(allMarkdown(allResult({ operation: "apply", unreviewed: [target("app")] }))).toContain(
    "No stack has a review.",
  );
});
