import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fakeSurface } from "../../testing/surface";
import { reportOf } from "../report/report";
import { fitted, LONGEST_SUMMARY, writeReports } from "./write";

const MARKER = "<!-- pulumi-lyceum preview training/prod -->\n\n";
const rows = (count: number) => "| a row of the table | is kept |\n".repeat(count);

test("a summary that fits is not changed", () => {
  const text = MARKER + rows(10);
  expect(fitted(text)).toBe(text);
  expect(fitted(text, text.length)).toBe(text);
});

test("a longer summary is cut at the end of a line, and shows how much is left out", () => {
  const text = MARKER + rows(5000);
  const cut = fitted(text);
  expect(cut.length).toBeLessThanOrEqual(LONGEST_SUMMARY);
  expect(cut.startsWith(MARKER)).toBe(true);
  const [body = "", note = ""] = cut.split("\n\n**Cut: ");
  expect(body.endsWith("| is kept |")).toBe(true);
  const [, left] = /^(\d+) of (\d+) characters are left out\./.exec(note) ?? [];
  expect(Number(left)).toBe(text.length - body.length - 1);
});

test("a cut closes an open code block, and cuts within a line that is too long", () => {
  expect(fitted(`${MARKER}\`\`\`\`text\n${"line\n".repeat(200)}`, 600)).toMatch(/\nline\n````\n\n\*\*Cut: \d+ of \d+ /);
  expect(fitted(`${MARKER}\`\`\`\na\n\`\`\`\n${rows(50)}`, 600)).not.toMatch(/```\n\n\*\*Cut/);
  expect(fitted("x".repeat(1000), 600).length).toBeLessThanOrEqual(600);
});

test("the text for a pull request is cut, and the JSON is complete", () => {
  const folder = mkdtempSync(join(tmpdir(), "lyceum-summary-"));
  const request = { summary: join(folder, "s.md"), json: join(folder, "s.json") };
  const text = MARKER + rows(5000);
  const about = { operation: "preview", stack: "prod", previewOnly: false } as const;
  const report = reportOf(about, { project: "training", result: "failed", output: [text] });
  try {
    writeReports(request, fakeSurface({}), text, report);
    expect(readFileSync(request.summary, "utf8")).toBe(fitted(text));
    expect(JSON.parse(readFileSync(request.json, "utf8"))).toEqual(report);
    // A step of GitHub may run several commands, and its summary has the text of each.
    const step = join(folder, "step.md");
    for (const one of ["first\n", "second\n"])
      writeReports(
        { summary: undefined, json: undefined },
        fakeSurface({}, { GITHUB_STEP_SUMMARY: step }),
        one,
        report,
      );
    expect(readFileSync(step, "utf8")).toBe("first\n\nsecond\n\n");
  } finally {
    rmSync(folder, { recursive: true });
  }
});
