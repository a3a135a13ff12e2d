import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ARGUMENTS, inputRow } from "../../../provider/schema";

const root = join(__dirname, "../../..");
const read = (file: string) => readFileSync(join(root, file), "utf8");
const generator = join(root, "tools/generate/reference.mjs");

const made = execFileSync(process.execPath, [generator, "--stdout"], { encoding: "utf8" });

test.each(JSON.parse(made) as [string, string][])(
  "%s is what the tables make; else: npm run generate",
  (file, text) => {
    expect(read(file)).toBe(text);
  },
);

test("the reference has a row for every argument, with its default and its API field", () => {
  const rows = read("docs/reference/arguments.md").split("\n");
  for (const name of ARGUMENTS) {
    const row = rows.find((line) => line.startsWith(`| \`${name}\` | `)) ?? "no row";
    const { apiField, default: value } = inputRow(name);
    if (apiField !== undefined) expect([name, row]).toEqual([name, expect.stringContaining(`\`${apiField}\``)]);
    if (typeof value === "number") expect([name, row]).toEqual([name, expect.stringContaining(` | ${value} | `)]);
  }
});
