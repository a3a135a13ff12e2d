import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";

const root = resolve(__dirname, "../..");
const guides = [
  "README.md",
  "CONTRIBUTING.md",
  "SECURITY.md",
  "CHANGELOG.md",
  ...readdirSync(join(root, "docs"), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".md") && !name.startsWith("api/"))
    .map((name) => `docs/${name}`),
];

interface Block {
  readonly guide: string;
  readonly language: string;
  readonly file: string | undefined;
  readonly text: string;
}

function blocksOf(guide: string): Block[] {
  const text = readFileSync(join(root, guide), "utf8");
  return [...text.matchAll(/(?:<!-- file: (\S+) -->\n)?```(\w+)\n([\s\S]*?)```\n/g)].map(
    ([, file, language = "", body = ""]) => ({ guide, language, file, text: body }),
  );
}

const blocks = guides.flatMap(blocksOf);
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

test.each(guides)("every npm script that %s names exists", (guide) => {
  const named = [...readFileSync(join(root, guide), "utf8").matchAll(/npm run ([\w:-]+)/g)].map(([, name]) => name);
  for (const name of named) expect(Object.keys(scripts)).toContain(name);
});
