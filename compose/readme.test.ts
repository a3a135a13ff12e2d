import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildSync } from "esbuild";
import { exports as entries } from "./package.json";
import { examplesOf } from "./testing/readme-examples";

const readme = readFileSync(join(__dirname, "README.md"), "utf8");
const examples = examplesOf(readme);
let folder = "";

// The examples run with the sources, as a package in `node_modules`. A long test runs them with the packed package.
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "compose-readme-"));
  const target = join(folder, "node_modules", "compose-reader");
  mkdirSync(target, { recursive: true });
  symlinkSync(join(__dirname, "..", "node_modules", "yaml"), join(folder, "node_modules", "yaml"));
  const files = Object.entries(entries).map(([name, source]) => [name, source, name === "." ? "index" : name.slice(2)]);
  buildSync({
    entryPoints: files.map(([, source = "", out = ""]) => ({ in: join(__dirname, source), out })),
    outdir: target,
    bundle: true,
    splitting: true,
    format: "esm",
    platform: "node",
    external: ["yaml"],
    outExtension: { ".js": ".mjs" },
  });
  const exported = Object.fromEntries(files.map(([name, , out]) => [name, `./${out}.mjs`]));
  writeFileSync(join(target, "package.json"), JSON.stringify({ name: "compose-reader", exports: exported }));
});

afterAll(() => rmSync(folder, { recursive: true }));

test("the README has ten examples, and names every entry", () => {
  expect(examples).toHaveLength(10);
  expect(readme.match(/^```ts$/gm)).toHaveLength(10);
  for (const entry of Object.keys(entries)) expect(readme).toContain(`| \`compose-reader${entry.slice(1)}\` |`);
});

test.each(examples)("$title prints the text below it", ({ title, code, printed }) => {
  const file = join(folder, `${title.replace(/\W+/g, "-")}.mjs`);
  buildSync({ stdin: { contents: code, loader: "ts" }, format: "esm", outfile: file });
  expect(execFileSync(process.execPath, [file], { cwd: folder, encoding: "utf8" })).toBe(printed);
});
