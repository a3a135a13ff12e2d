import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { INTRO } from "../options/page";

// A terminal or an editor with 80 columns shows a long cell as a narrow column of words. A list is readable there.

const root = resolve(__dirname, "../..");
const MOST_CHARACTERS = 280;

/** The cells of tables that are too long, each with its line. */
function longCells(markdown: string): readonly string[] {
  let isCode = false;
  return markdown.split("\n").flatMap((line, index) => {
    if (line.trimStart().startsWith("```")) isCode = !isCode;
    if (isCode || !line.startsWith("|")) return [];
    const cells = line.split(/(?<!\\)\|/).slice(1, -1);
    return cells.filter(({ length }) => length > MOST_CHARACTERS).map(({ length }) => `${index + 1}: ${length}`);
  });
}

test("a long cell is found, except in a block of code", () => {
  const row = `| a | ${"b".repeat(MOST_CHARACTERS)} |`;
  expect(longCells(`| a | b |\n|---|---|\n${row}\n\`\`\`\n${row}\n\`\`\``)).toEqual([`3: ${MOST_CHARACTERS + 2}`]);
});

test(`no cell of a table in the documentation has more than ${MOST_CHARACTERS} characters`, () => {
  const paths = execFileSync("git", ["ls-files", "*.md"], { cwd: root, encoding: "utf8" }).split("\n");
  const pages = paths.filter((path) => /^docs\/|^[A-Z]+\.md$|README\.md$/.test(path) && existsSync(join(root, path)));
  expect(pages.length).toBeGreaterThan(60);
  const long = pages.flatMap((page) =>
    longCells(readFileSync(join(root, page), "utf8")).map((cell) => `${page}:${cell}`),
  );
  expect(long).toEqual([]);
});

test("docs/reference/options.md begins with the text in tests/options/page.ts; tests/options compares its table", () => {
  expect(readFileSync(join(root, "docs/reference/options.md"), "utf8").slice(0, INTRO.length)).toBe(INTRO);
});
