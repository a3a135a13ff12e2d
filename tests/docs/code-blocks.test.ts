import { readFileSync } from "node:fs";
import { join } from "node:path";
import { blocks, pages, root } from "./guides";

const scripts = (JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { scripts: Record<string, string> })
  .scripts;

test("there are code blocks to hold", () => {
  expect(blocks.filter(({ file }) => file !== undefined).length).toBeGreaterThanOrEqual(2);
});

test.each(blocks.filter(({ file }) => file !== undefined))("$guide shows $file as it is", ({ file = "", text }) => {
  expect(text).toBe(readFileSync(join(root, file), "utf8"));
});

test.each(
  blocks.filter(({ guide, language }) => guide === "README.md" && ["ts", "js", "typescript"].includes(language)),
)("every program in $guide is a file that the tests run", ({ file }) => expect(file).toMatch(/^examples\//));

test.each(pages)("every npm script that %s names exists", (guide) => {
  const named = [...readFileSync(join(root, guide), "utf8").matchAll(/npm run ([\w:-]+)/g)].map(([, name]) => name);
  for (const name of named) expect(Object.keys(scripts)).toContain(name);
});
