import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { QUICK_PROGRAMS } from "../harness/environment";
import { testUnless, whyNotInstalled } from "../harness/needs";
import { pulumiFolder } from "../harness/processes/tools";
import { ROOT } from "../harness/root";

const { pageWith, withNew } = require("../../bench/page.cjs") as typeof import("../../bench/page.cjs");

const bench = (...args: readonly string[]) =>
  promisify(execFile)(process.execPath, [join(ROOT, "bench", "main.mjs"), ...args], {
    cwd: ROOT,
    env: { ...process.env, ...QUICK_PROGRAMS, PATH: `${pulumiFolder()}:${process.env.PATH}` },
    maxBuffer: 64 * 1024 ** 2,
  });

const noRclone = whyNotInstalled("rclone", "rclone", "version");

testUnless(noRclone, "every row can be measured, with one pair and small sizes", async () => {
  const { stdout: usage } = await bench("--help");
  const names = /first words of a name\):\s+(.*)\n/.exec(usage)?.[1]?.split(", ") ?? [];
  expect(names).toContain("up-100-30");
  // `npm test` has built the package.
  const { stdout } = await bench("--small", "--pairs", "1", "--package", ROOT);
  expect(stdout.split("\n").flatMap((line) => /^(\S+) … \(load/.exec(line)?.[1] ?? [])).toEqual(names);
  expect(stdout).not.toMatch(/NaN|left out/);
  expect(stdout).toContain("Measured, and not kept.");
});

describe("the page on performance", () => {
  const result = {
    row: "a",
    name: "`up`",
    value: 1.2,
    unit: "×",
    bar: 1.1,
    runs: [],
    date: "2026-03-01",
    commit: "abc",
    load: 0.3,
  };

  test("has the table of the stored results", () => {
    const page = readFileSync(join(ROOT, "docs", "explanation", "performance.md"), "utf8");
    const results = JSON.parse(readFileSync(join(ROOT, "bench", "results.json"), "utf8"));
    expect(pageWith(page, results)).toBe(page);
    expect(pageWith(page, [result])).toContain("| `up` | 1.2 × | ≤ 1.1 × | 2026-03-01, abc, 0.3 |");
  });

  test("keeps results that were not measured this time, in the order of the rows, and drops removed rows", () => {
    const of = (row: string, value: number) => ({ ...result, row, value });
    const kept = withNew([of("b", 1), of("gone", 2), of("a", 3)], [of("a", 4)], ["a", "b"]);
    expect(kept.map(({ row, value }) => [row, value])).toEqual([
      ["a", 4],
      ["b", 1],
    ]);
  });
});
