import { existsSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";

const root = resolve(__dirname, "../..");
const contract = readFileSync(join(root, "docs/explanation/lifecycle.md"), "utf8");
const proof = readFileSync(join(root, "docs/contributing/lifecycle-scenarios.md"), "utf8");

/** Sections of the contract with tables in which a scenario shows every row. */
const SECTIONS = ["When is a wait over?", "Starting once", "What the next `up` does", "Resource options", "Deleting"];

function section(text: string, title: string): string {
  const parts = text.split(/^## /m).filter((part) => part.startsWith(`${title}\n`));
  if (parts.length !== 1) throw new Error(`There are ${parts.length} sections "${title}".`);
  return parts[0] ?? "";
}

/** Cells of the rows of every table, without the head. The table of status words has a test of its own. */
function rowsOf(text: string): string[][] {
  const rows: string[][] = [];
  let inTable = false;
  let head = "";
  for (const line of text.split("\n")) {
    if (!line.startsWith("|")) inTable = false;
    else if (/^\|(-+:?\|)+$/.test(line)) inTable = !head.startsWith("| status |");
    else if (!inTable) head = line;
    else {
      rows.push(
        line
          .slice(1, -1)
          .split("|")
          .map((cell) => cell.trim()),
      );
    }
  }
  return rows;
}

const rules = SECTIONS.flatMap((title) => rowsOf(section(contract, title))).map(([name = ""]) => name);
const shown = rowsOf(section(proof, "Where each row is shown")).map(([rule = "", link = "", quote = ""]) => ({
  rule,
  link,
  quote,
}));

test("every row of the tables has a scenario, and no scenario names a removed row", () => {
  expect(shown.map(({ rule }) => rule).filter((rule, index, all) => all.indexOf(rule) === index)).toEqual(
    rules.filter((rule, index, all) => all.indexOf(rule) === index),
  );
});

test.each(shown)("$rule: $link says $quote", ({ link, quote }) => {
  const path = /^\[[^\]]+\]\(\.\.\/\.\.\/([^)]+)\)$/.exec(link)?.[1] ?? "no link";
  const text = /^``? ?(.+?) ?``?$/.exec(quote)?.[1] ?? "no quote";
  expect([path, existsSync(join(root, path))]).toEqual([path, true]);
  expect(readFileSync(join(root, path), "utf8")).toContain(text);
});
