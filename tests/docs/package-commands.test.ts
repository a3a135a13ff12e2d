import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { COMMANDS } from "../../cli/run";
import { root } from "./guides";

/*
 * Whoever has only the package reads these pages: every command there is one that they have.
 */
const pagesIn = (folder: string): string[] =>
  readdirSync(join(root, folder))
    .filter((name) => name.endsWith(".md"))
    .map((name) => `${folder}/${name}`);
const templates = readdirSync(join(root, "templates")).map((name) => `templates/${name}/README.md`);
const pages = ["README.md", "docs/README.md", ...pagesIn("docs/guides"), ...pagesIn("docs/reference"), ...templates];

/** A page without what is for contributors: a section of the README, a sentence that begins with a clone, and comments. */
function forUsers(text: string): string {
  return text
    .replace(/^## Contributing\n[\s\S]*?(?=^## )/m, "")
    .replace(/^In a clone of the repository,.*\n/m, "")
    .replace(/<!--[\s\S]*?-->/g, "");
}

/** Commands that exist in the repository only. */
function ofRepository(text: string): string[] {
  return text.match(/\bnpm run [\w:-]+|\bnode (?:tools|bench|dist|tests|emulator)\/\S*/g) ?? [];
}

/** What stands behind `pulumi-lyceum` in a code span or on a line of code, up to the end of the command. */
function commandLines(text: string): string[] {
  const joined = text.replace(/\\\n\s*/g, " ");
  const found = joined.matchAll(/(?:npx (?:--no-install )?|[`($] ?)pulumi-lyceum((?: +[^\s`|;&>)"#]+)*)/g);
  return [...found].map(([, rest = ""]) => rest.trim());
}

/** What of a command line does not exist; undefined where all does. */
function missing(line: string): string | undefined {
  const [name, ...words] = line.split(/ +/);
  // The name alone is the package, and a placeholder stands for any command.
  if (name === "" || name === "COMMAND" || name?.startsWith("-")) return undefined;
  const row = COMMANDS.find((command) => command.name === name);
  if (row === undefined) return `no command ${name}`;
  const options: Readonly<Record<string, { readonly short?: string | undefined }>> = row.load().options;
  const known = new Set(
    Object.entries(options).flatMap(([long, { short }]) => [
      `--${long}`,
      ...(short === undefined ? [] : [`-${short}`]),
    ]),
  );
  const asked = words
    .map((word) => word.replace(/^\[|\]$/g, "").replace(/=.*$/, ""))
    .filter((word) => /^-./.test(word));
  const unknown = asked.find((word) => !known.has(word) && word !== "--help");
  return unknown === undefined ? undefined : `${name} has no option ${unknown}`;
}

test("a planted command of the repository is found, and one for contributors is not", () => {
  const planted = "Text.\n\n```sh\nnpm run quickstart -- --keep\nnode tools/run.mjs\n```\n";
  expect(ofRepository(forUsers(planted))).toEqual(["npm run quickstart", "node tools/run.mjs"]);
  const contributing = "# A\n\n## Contributing\n\n`npm run bench`\n\n## Documentation\n\n`npm test`\n";
  expect(ofRepository(forUsers(contributing))).toEqual([]);
});

test("a planted command line with what does not exist is found", () => {
  const planted = [
    "`npx pulumi-lyceum emulater --port 1`, `pulumi-lyceum check --sarif FILE > x --nothing`",
    'eval "$(npx pulumi-lyceum emulator --enw)"',
    "npx pulumi-lyceum ci apply \\\n  --stack dev --forever | tee log",
  ].join("\n");
  expect(commandLines(planted).map(missing)).toEqual([
    "no command emulater",
    undefined,
    "emulator has no option --enw",
    "ci has no option --forever",
  ]);
});

test("there are commands to hold", () => {
  const lines = pages.flatMap((page) => commandLines(forUsers(readFileSync(join(root, page), "utf8"))));
  expect(lines.length).toBeGreaterThan(50);
});

test.each(pages)("every command of %s is one that the package has", (page) => {
  const text = forUsers(readFileSync(join(root, page), "utf8"));
  const wrong = commandLines(text).flatMap((line) => missing(line) ?? []);
  expect([...ofRepository(text), ...wrong]).toEqual([]);
});
