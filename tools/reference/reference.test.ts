import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ARGUMENTS, inputRow, outputRow, PUBLIC_OUTPUTS } from "../../provider/schema";

const root = join(__dirname, "../..");
const read = (file: string) => readFileSync(join(root, file), "utf8");
const generator = join(root, "tools/generate-reference.mjs");

test.each(["sdk/args.ts", "docs/reference/arguments.md"])(
  "%s is what the tables make; else: npm run generate",
  (file) => {
    const made = execFileSync(process.execPath, [generator, "--stdout", file], { encoding: "utf8" });
    expect(read(file)).toBe(made);
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

/** TSDoc and name of each output of the class. */
function outputsOfClass(): Record<string, string> {
  const found = read("sdk/compose-execution.ts").matchAll(/\/\*\*([^/]*)\*\/\s*readonly (\w+)!: pulumi\.Output/g);
  return Object.fromEntries(
    [...found].map(([, doc = "", name = ""]) => [name, doc.replace(/\s*\n\s*\* /g, " ").trim()]),
  );
}

test("the class shows the public outputs of the table, in its words", () => {
  const expected = PUBLIC_OUTPUTS.map((name) => {
    const { doc, apiField } = outputRow(name);
    return [name, apiField === undefined ? doc : `${doc} API field \`${apiField}\`.`];
  });
  expect(outputsOfClass()).toEqual(Object.fromEntries(expected));
});
