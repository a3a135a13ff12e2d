import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";

// It is hard to find anything in a large folder, or in a large file. To divide one, keep together the files that import
// each other.

const root = join(__dirname, "../..");
const MOST_ENTRIES = 25;
const MOST_LINES = 300;
const MOST_COLUMNS = 120;
/**
 * Folders whose entries have nothing to do with each other: the files that tools look for, and one folder a scenario.
 */
const LISTS: ReadonlySet<string> = new Set(["", "tests/scenarios"]);

const files = execFileSync("git", ["ls-files"], { cwd: root, encoding: "utf8" })
  .split("\n")
  .filter((path) => path !== "" && existsSync(join(root, path)));

/** The folders with more than `most` files and folders directly inside, each with the number of these entries. */
function largeFolders(paths: readonly string[], most: number): readonly string[] {
  const entries = new Map<string, Set<string>>();
  for (const path of paths) {
    const parts = path.split("/");
    parts.forEach((part, depth) => {
      const folder = parts.slice(0, depth).join("/");
      entries.set(folder, (entries.get(folder) ?? new Set()).add(part));
    });
  }
  return [...entries]
    .filter(([folder, { size }]) => size > most && !LISTS.has(folder))
    .map(([folder, { size }]) => `${folder}: ${size}`);
}

test("a folder that holds too much is found", () =>
  expect(largeFolders(["a/b/1.ts", "a/b/2.ts", "a/b/c/3.ts", "a/d.ts", "e.ts"], 2)).toEqual(["a/b: 3"]));

test(`no folder holds more than ${MOST_ENTRIES} files and folders`, () =>
  expect(largeFolders(files, MOST_ENTRIES)).toEqual([]));

test(`no source has more than ${MOST_LINES} lines`, () => {
  const sources = files.filter((path) => /[.](?:ts|mjs|cjs)$/.test(path) && !path.endsWith(".generated.ts"));
  const long = sources.flatMap((path) => {
    const lines = readFileSync(join(root, path), "utf8").split("\n").length - 1;
    return lines > MOST_LINES ? [`${path}: ${lines}`] : [];
  });
  expect(sources.length).toBeGreaterThan(1000);
  expect(long).toEqual([]);
});

/** The lines of comments that are longer than a line of code. Types, rows of tables and examples may be longer. */
function longComments(text: string): readonly number[] {
  let isBlock = false;
  let isExample = false;
  return text.split("\n").flatMap((line, index) => {
    const written = line.trim();
    if (written.startsWith("/*")) isBlock = true;
    const isComment = isBlock || written.startsWith("//");
    if (written.includes("```")) isExample = !isExample;
    if (written.endsWith("*/")) [isBlock, isExample] = [false, false];
    if (!isComment || isExample || line.length <= MOST_COLUMNS) return [];
    return /^\* \||@\w+ \{|biome-ignore|https:/.test(written) ? [] : [index + 1];
  });
}

test("a long line of a comment is found", () => {
  const long = "word ".repeat(30).trim();
  expect(longComments(`// ${long}\n/**\n * ${long}\n * | ${long} |\n */\nconst text = \`\n* ${long}\n\`;`)).toEqual([
    1, 3,
  ]);
});

test(`no line of a comment has more than ${MOST_COLUMNS} columns`, () => {
  const sources = files.filter((path) => /[.](?:ts|mjs|cjs|js)$/.test(path) && !path.endsWith(".generated.ts"));
  const long = sources.flatMap((path) =>
    longComments(readFileSync(join(root, path), "utf8")).map((line) => `${path}:${line}`),
  );
  expect(long).toEqual([]);
});
