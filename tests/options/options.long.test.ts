import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { testUnless } from "../harness/needs";
import { ROOT } from "../harness/root";
import { type Column, playColumn } from "./column";
import { cellOf, page, textOf } from "./page";
import { IS_OLDEST, ROWS } from "./rows";
import { WAYS, type Way, whyMissing } from "./ways";

/*
 * Plays every resource option in every way to write a program, with the real engine and the simulated emulator, and
 * compares the table with docs/reference/options.md. UPDATE_GOLDEN=1 writes the page.
 */
const PAGE = join(ROOT, "docs", "reference", "options.md");
const SECONDS = 1200;

const columns = new Map<Way, Column>();

for (const way of WAYS) {
  testUnless(
    whyMissing(way),
    `no option is ignored silently: ${way}`,
    async () => {
      const column = await playColumn(way);
      columns.set(way, column);
      const silent = [...column].filter(([row, { cell }]) => textOf(row, way, cell) === "ignored silently");
      expect(silent.map(([{ option, effect }, { output }]) => `${option} (${effect}):\n${output}`)).toEqual([]);
    },
    SECONDS * 1000,
    true,
  );
}

const missing = WAYS.map(whyMissing).find((reason) => reason !== undefined);

testUnless(missing ?? (IS_OLDEST ? "it is made with the newest CLI" : undefined), "the page has this table", () => {
  const text = page(columns);
  if (process.env.UPDATE_GOLDEN === "1") writeFileSync(PAGE, text);
  expect(readFileSync(PAGE, "utf8")).toBe(text);
});

test("the cells are those of the page", () => {
  const text = readFileSync(PAGE, "utf8");
  for (const [way, column] of columns)
    for (const [row, { cell }] of column)
      expect([way, row.option, textOf(row, way, cell)]).toEqual([way, row.option, cellOf(text, row, way)]);
});

test("there are at least 30 options and combinations", () => expect(ROWS.length).toBeGreaterThanOrEqual(30));
