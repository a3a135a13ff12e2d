import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { PIPELINES } from "../../cli/ci/init/init-files";
import { anchorsOf, deadLinks, missingFiles } from "./links";

const root = resolve(__dirname, "../..");
const read = (path: string) => readFileSync(join(root, path), "utf8");
const isPage = (path: string) => path.endsWith(".md");

/** Folders that are generated or installed, and not part of the repository. */
const NOT_OURS = new Set([".git", ".cache", "node_modules", "dist", "coverage", "api"]);

function filesBelow(folder = ""): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
    if (!entry.isDirectory()) return [path];
    return NOT_OURS.has(entry.name) ? [] : filesBelow(path);
  });
}

function packedFiles(): string[] {
  const options = { cwd: root, encoding: "utf8" } as const;
  const printed = execFileSync("npm", ["pack", "--dry-run", "--json", "--ignore-scripts", "--silent"], options);
  const [packed] = JSON.parse(printed) as [{ files: { path: string }[] }];
  return packed.files.map(({ path }) => path);
}

test("finds a planted dead link, and nothing else", () => {
  const pages: Record<string, string> = {
    "README.md": [
      "# One `code`: and (more)",
      "[page](docs/page.md) [heading](docs/page.md#two-words) [here](#one-code-and-more) [web](https://example.com/x)",
      "[gone](docs/gone.md) ![no](docs/no.png) [wrong](docs/page.md#gone) [not here](#gone) [out](../other.md)",
      "`[code](docs/code.md)`",
      "```md",
      "[fence](docs/fence.md)",
      "```",
      "[defined]: docs/undefined.md",
    ].join("\n"),
    "docs/page.md": "## Two words\n[back](../README.md) [folder](.)\n```sh\n# gone\n```\n",
  };
  const files = new Set(Object.keys(pages));
  const found = Object.keys(pages).flatMap((page) => deadLinks(page, files, (path) => pages[path] ?? ""));
  expect(found).toEqual([
    "README.md: docs/gone.md leads to no file",
    "README.md: docs/no.png leads to no file",
    "README.md: docs/page.md#gone leads to no heading",
    "README.md: #gone leads to no heading",
    "README.md: ../other.md leads to no file",
    "README.md: docs/undefined.md leads to no file",
    "docs/page.md: . leads to no file",
  ]);
});

test("each row of the map in CONTRIBUTING.md names one existing file", () => {
  const [, map = ""] = read("CONTRIBUTING.md").split(/^\| to change .*\n\|-.*\n/m);
  const rows = (map.split("\n\n")[0] ?? "").split("\n").map((row) => row.split(" | ")[1] ?? "");
  const named = rows.map((cell) => [...cell.matchAll(/`(\w[^` ]*\/[^` ]*)`/g)].map(([, path = ""]) => path));
  const files = new Set(filesBelow());
  expect(rows.length).toBeGreaterThan(20);
  expect(rows.filter((_row, index) => named[index]?.length !== 1 || !files.has(named[index][0] ?? ""))).toEqual([]);
});

test("anchors are the same as on GitHub", () => {
  const page =
    "# LYC1001: No `key`\n## The connection (LYC12xx)\n## A [link](x.md)\n## Twice\n## Twice\n### What's `a-b`?\n";
  expect([...anchorsOf(page)]).toEqual([
    "lyc1001-no-key",
    "the-connection-lyc12xx",
    "a-link",
    "twice",
    "twice-1",
    "whats-a-b",
  ]);
});

test("every link of the repository's pages leads to a file, and to a heading of it", () => {
  const files = filesBelow();
  const pages = files.filter(isPage);
  expect(pages.length).toBeGreaterThan(25);
  expect(pages.flatMap((page) => deadLinks(page, new Set(files), read))).toEqual([]);
});

test("every source file that a page names exists", () => {
  const planted =
    "`cli/gone.ts` `cli/main.ts` `elsewhere/gone.ts` `cli/NAME` [l](cli/gone.ts)\n```ts\n`cli/fence.ts`\n```\n";
  expect(missingFiles("a.md", new Set(["cli/main.ts"]), () => planted)).toEqual(["a.md: cli/gone.ts does not exist"]);
  const files = filesBelow();
  expect(files.filter(isPage).flatMap((page) => missingFiles(page, new Set(files), read))).toEqual([]);
});

test("the package contains the documentation, whose links work there, and what `ci init` writes", () => {
  const files = packedFiles();
  const pages = files.filter(isPage);
  expect(pages).toEqual(expect.arrayContaining(["README.md", "CHANGELOG.md", "SECURITY.md", "docs/README.md"]));
  for (const folder of ["guides", "reference", "explanation"]) {
    expect(pages.filter((page) => page.startsWith(`docs/${folder}/`)).length).toBeGreaterThan(3);
  }
  expect(pages.flatMap((page) => deadLinks(page, new Set(files), read))).toEqual([]);
  const written = Object.values(PIPELINES).flatMap((pipeline) => [...pipeline.files]);
  expect(files).toEqual(expect.arrayContaining(written.map((path) => `examples/gitops/${path}`)));
});
