import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";

const root = join(__dirname, "../../..");
const read = (file: string) => readFileSync(join(root, file), "utf8");
const generator = join(root, "tools/generate/reference.mjs");

const made = JSON.parse(execFileSync(process.execPath, [generator, "--stdout"], { encoding: "utf8" })) as [
  string,
  string,
][];

test.each(made)("%s is up to date; if not: npm run generate", (file, text) => {
  expect(read(file)).toBe(text);
});

test("every published or copied file with the version of this package is generated", () => {
  const { version, name } = JSON.parse(read("package.json")) as { version: string; name: string };
  const others = ["CHANGELOG.md", "package.json", "docs/contributing"].map((path) => `:(exclude)${path}`);
  const command = [
    "grep",
    "-lF",
    "-e",
    `"version": "${version}"`,
    "-e",
    `"${name}": "^${version}"`,
    "-e",
    `v${version}`,
  ];
  const folders = ["*.json", "*.md", "docs", "examples", "templates", "plugin"];
  const found = execFileSync("git", [...command, "--", ...folders, ...others], { cwd: root, encoding: "utf8" });
  const files = found.trim().split("\n");
  expect(files).toContain("plugin/schema.json");
  expect(files.filter((file) => !made.some(([each]) => each === file))).toEqual([]);
});
