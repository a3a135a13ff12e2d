import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { blocks, isPartOf, pages, root } from "./guides";

const scripts = (JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { scripts: Record<string, string> })
  .scripts;

test("there are code blocks to test", () => {
  expect(blocks.filter(({ file }) => file !== undefined).length).toBeGreaterThanOrEqual(2);
});

test.each(blocks.filter(({ file }) => file !== undefined))("$guide shows $file as it is", ({ file = "", text }) => {
  expect(text).toBe(readFileSync(join(root, file), "utf8"));
});

test("finds a part that is not in the file", () => {
  const file = "one\n  two\nthree\nfour\n";
  expect(isPartOf("one\n  // …\nthree\n", file)).toBe(true);
  expect(isPartOf("  two\nthree\n", file)).toBe(true);
  expect(isPartOf("one\nthree\n", file)).toBe(false);
  expect(isPartOf("two\n", file)).toBe(false);
  expect(isPartOf("three\n# …\none\n", file)).toBe(false);
});

test.each(blocks.filter(({ part }) => part !== undefined))("$guide shows a part of $part", ({ part = "", text }) => {
  expect({ text, isPart: isPartOf(text, readFileSync(join(root, part), "utf8")) }).toEqual({ text, isPart: true });
});

test.each(
  blocks.filter(({ guide, language }) => guide === "README.md" && ["ts", "js", "typescript"].includes(language)),
)("every program in $guide is a file that the tests run", ({ file }) => expect(file).toMatch(/^examples\//));

test.each(pages)("every npm script that %s names exists", (guide) => {
  const named = [...readFileSync(join(root, guide), "utf8").matchAll(/npm run ([\w:-]+)/g)].map(([, name]) => name);
  for (const name of named) expect(Object.keys(scripts)).toContain(name);
});

// The patterns come from the table "Running things" of CONTRIBUTING.md.
const [, section = ""] = readFileSync(join(root, "CONTRIBUTING.md"), "utf8").split("## Running things\n");
const [table = ""] = section.trimStart().split("\n\n");
const patterns = [...table.matchAll(/npm (?:test|run (?:unit|test:long)) -- ([^`-][^`]*)`/g)].map(
  ([, pattern = ""]) => pattern,
);
const tests = readdirSync(root)
  .filter((name) => ["cli", "compose", "emulator", "provider", "sdk", "tests", "tools"].includes(name))
  .flatMap((name) =>
    readdirSync(join(root, name), { recursive: true, encoding: "utf8" }).map((file) => `${name}/${file}`),
  )
  .filter((file) => file.endsWith(".test.ts") && !file.includes("node_modules"));

test("there are patterns of tests to check", () => expect(patterns.length).toBeGreaterThan(8));

test.each(patterns)("some tests have %s in their path", (pattern) => {
  expect(tests.filter((file) => file.includes(pattern))).not.toEqual([]);
});
