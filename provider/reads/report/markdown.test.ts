import { LONGEST_COMMENT } from "../../display/markdown-limit";
import { renderReport } from ".";
import { markdownReport } from "./markdown";
import { MADE_AT, reportedRun } from "./testing/runs";

const text = (...runs: readonly ReturnType<typeof reportedRun>[]) => markdownReport({ madeAt: MADE_AT, runs });

/** The line above the output of a failed run. */
const titleLine = (run: ReturnType<typeof reportedRun>) =>
  text(run)
    .split("\n")
    .find((line) => line.startsWith("**"));

test("a report has a table of the runs, and the output of a failed run", () => {
  const failed = reportedRun({
    label: "migrate",
    status: "failed",
    kind: "failed",
    returnCode: 3,
    failedServices: [{ service: "db", exitCode: 3 }],
    errors: ["it failed"],
    lines: [{ message: "no such table", service: "db" }],
  });
  expect(text(reportedRun({ cost: 1.234 }), failed)).toBe(
    `**Of 2 runs 1 failed.**

| run | status (exit code) | machine | ran | phases | cost |
|---|---|---|--:|---|--:|
| train | completed (0) | gpu.l40s | 1m30s | queued 8s, starting 2s, running 1m25s, stopping 5s | 1.23 |
| migrate | failed (3) | gpu.l40s | 1m30s | queued 8s, starting 2s, running 1m25s, stopping 5s |  |

**migrate** (\`7d1f0b9c-6a52-4c1a-9a5e-2f3d1c7b8e90\`): service db with exit code 3

\`\`\`
it failed
db | no such table
\`\`\`
`,
  );
});

test("a failed run without a label shows its id once", () => {
  const run = reportedRun({ label: "", status: "failed", kind: "failed" });
  expect(titleLine(run)).toBe(`**${run.executionId}**`);
  expect(titleLine({ ...run, label: "train" })).toBe(`**train** (\`${run.executionId}\`)`);
});

test("the same runs give the same text", () => {
  expect(text(reportedRun())).toBe(text(reportedRun()));
});

test("output of a run is never Markdown", () => {
  const hostile = "a|b `c` @everyone <b> [x](http://y) ```` \u001b[2J\n| new row |";
  const report = text(reportedRun({ label: hostile, kind: "failed", status: hostile, lines: [{ message: hostile }] }));
  const [, , row = ""] = report.split("\n");
  expect(row).toContain("a\\|b \\`c\\` @\u200beveryone &lt;b\\> \\[x\\](http://y)");
  expect(report).toContain("\n`````\n");
  expect(report).not.toContain("\u001b");
});

test("a report that is too long for a comment is cut, and names the page that has all of it", () => {
  const lines = Array.from({ length: 20 }, () => ({ message: "x".repeat(400) }));
  const runs = Array.from({ length: 60 }, () => reportedRun({ kind: "failed", lines }));
  const report = renderReport({ madeAt: MADE_AT, runs }, "markdown");
  expect(text(...runs).length).toBeGreaterThan(300_000);
  expect(report.length).toBeLessThanOrEqual(LONGEST_COMMENT);
  expect(report).toMatch(
    /\n```\n\n\*\*Cut: \d+ of \d+ characters are left out\. The page in HTML has all of it: `npx pulumi-lyceum report -o report\.html`\.\*\*\n$/,
  );
});

test("the files that a run has left are listed with the commands that fetch them, and are never Markdown", () => {
  const artifacts = { model: { key: "out/my model`.pt", bytes: 5_000_000, etag: "e" } };
  expect(text(reportedRun({ artifacts }))).toContain(
    "model: out/my model`.pt (5.0 MB), npx pulumi-lyceum files get 'out/my model`.pt'",
  );
  expect(text(reportedRun({}))).not.toContain("files get");
});

test("a report of simulated runs says so in both formats, and any other report does not", () => {
  const runs = [reportedRun()];
  for (const format of ["markdown", "html"] as const) {
    expect(renderReport({ madeAt: MADE_AT, runs, isSimulated: true }, format)).toContain("SIMULATED: ");
    expect(renderReport({ madeAt: MADE_AT, runs }, format)).not.toContain("SIMULATED");
  }
});
