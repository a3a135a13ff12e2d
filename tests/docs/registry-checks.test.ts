import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { PUBLISHER, REPOSITORY } from "../../provider/hosts/plugin/publisher";
import { ROOT } from "../harness/root";
import { anchorsOf, linksOf } from "./links";

/**
 * The checks with which Pulumi's Registry accepts a package of the community, without a network: those of its generator
 * of metadata (`resourcedocsgen metadata from-github`), of its probe of the SDKs, and of its lint of the pages.
 */
const CATEGORIES = ["cloud", "database", "infrastructure", "monitoring", "network", "utility", "vcs"];

/** Both pages are required: the generator stops at a page that the repository of a third party does not have. */
const PAGES = ["_index.md", "installation-configuration.md"];

/** What the Registry's lint finds, with a line that has it. */
const LINT: readonly (readonly [RegExp, string])[] = [
  [/<img[^>]+src=["'](\.|\/|[^hH])/, '<img alt="" src="./logo.png">'],
  [/!\[[^\]]*\]\((\.|\/)/, "![logo](./logo.png)"],
  [/<a[^>]+href="(\.|\/)/, '<a href="./x">'],
  [/\]\((?!https?:\/\/)[^)]*\.md[)#]/, "[guide](guides/plugin.md#install)"],
  [/\{\{[\t\p{Zs}]+[<%]/u, "{{ < chooser >}}"],
];

const read = (path: string) => readFileSync(join(ROOT, path), "utf8");
const schema = JSON.parse(read("plugin/schema.json"));
const NAME = /^[A-Za-z0-9._@/-]+$/;

test("the Registry's entry names the repository and the schema", () => {
  const entry = JSON.parse(
    /```json\n *(\{[^`]*"repoSlug"[^`]*\})\n *```/.exec(read("docs/contributing/releasing.md"))?.[1] ?? "",
  );
  expect(`https://github.com/${entry.repoSlug}`).toBe(REPOSITORY);
  expect(existsSync(join(ROOT, entry.schemaFile))).toBe(true);
  // The generator takes the name of the provider from the name of the repository.
  expect(entry.repoSlug.split("/")[1].replaceAll("pulumi-", "")).toBe(schema.name);
  expect(read("docs/contributing/releasing.md")).toContain(`"${PUBLISHER}": "${PUBLISHER}"`);
});

test("the schema has what the Registry's metadata needs", () => {
  expect(schema.version).toMatch(/^\d+\.\d+\.\d+(-[\w.]+)?$/);
  expect(schema).toMatchObject({ publisher: PUBLISHER, repository: REPOSITORY, displayName: expect.any(String) });
  const categories = schema.keywords.filter((word: string) => word.startsWith("category/"));
  expect(categories.map((word: string) => CATEGORIES.includes(word.slice("category/".length)))).toEqual([true]);
  expect(schema.keywords).toContain("kind/native");
  expect(schema.logoUrl).toBe(`https://raw.githubusercontent.com/${PUBLISHER}/${PUBLISHER}/main/docs/logo.png`);
  expect(
    readFileSync(join(ROOT, "docs", "logo.png"))
      .subarray(1, 4)
      .toString(),
  ).toBe("PNG");
});

test("the Registry's probe accepts the name of each package and the server of the plugin", () => {
  const { nodejs, python, go } = schema.language;
  for (const name of [schema.name, nodejs.packageName, python.packageName, go.importBasePath])
    expect(name).toMatch(NAME);
  expect(schema.pluginDownloadURL).toMatch(/^(https|github|gitlab):\/\/[A-Za-z0-9._~:/?#@!$&()*+,;=-]+$/);
  expect(go.importBasePath).toBe(`${REPOSITORY.slice("https://".length)}/sdk/go/${schema.name}`);
});

test.each(PAGES)("the page %s has front matter, enough text, and nothing that the Registry's lint finds", (name) => {
  const page = read(`docs/${name}`);
  const [, front = "", content = ""] = /^---\n([\s\S]*?)\n---\n([\s\S]*)$/.exec(page) ?? [];
  expect(front).toMatch(/^title: .+\nmeta_desc: .+\nlayout: package$/);
  expect(content.length).toBeGreaterThan(250);
  const found = content.split("\n").filter((line) => LINT.some(([pattern]) => pattern.test(line)));
  expect(found).toEqual([]);
});

test.each(LINT)("the lint %s finds its example", (pattern, example) => {
  expect(example).toMatch(pattern);
});

/** The texts of the schema that the Registry shows, without the examples. */
function descriptions(part: unknown): string[] {
  if (typeof part !== "object" || part === null) return [];
  return Object.entries(part).flatMap(([key, value]) =>
    key === "description" && typeof value === "string"
      ? [value.split("{{% examples %}}")[0] ?? ""]
      : descriptions(value),
  );
}

test("a description that names a page links it, and each link to a page of the repository leads to a heading", () => {
  const texts = descriptions(schema);
  expect(texts.length).toBeGreaterThan(100);
  const unlinked = texts
    .map((text) => text.replace(/\[[^\]]*\]\([^)]*\)/g, ""))
    .filter((text) => NAMES_A_PAGE.test(text));
  expect(unlinked).toEqual([]);
  const links = texts.flatMap(linksOf);
  expect(links.length).toBeGreaterThan(10);
  expect(links.flatMap((link) => (leadsToPage(link) ? [] : [link]))).toEqual([]);
});

/** Words with which a text would name a page of the documentation. */
const NAMES_A_PAGE = /\bdocs\/|\bguides? (to|about|on)\b|\bsee the (guide|page|reference)\b|\w\.md\b/i;

function leadsToPage(link: string): boolean {
  const [path = "", anchor] = link.replace(`${REPOSITORY}/blob/main/`, "").split("#");
  if (!existsSync(join(ROOT, path))) return false;
  return anchor === undefined || anchorsOf(read(path)).has(anchor);
}

test("the pattern of a named page finds one, and a link without page or heading is found", () => {
  expect("see the guide to runs").toMatch(NAMES_A_PAGE);
  expect("their codes in `docs/reference/diagnostics.md`").toMatch(NAMES_A_PAGE);
  expect("The report is a page of HTML, or Markdown if the name ends in `.md`.").not.toMatch(NAMES_A_PAGE);
  const page = `${REPOSITORY}/blob/main/docs/guides/runs.md`;
  const links = [page, `${page}#on-the-command-line`, `${page}#gone`, `${REPOSITORY}/blob/main/docs/gone.md`];
  expect(links.map(leadsToPage)).toEqual([true, true, false, false]);
});
