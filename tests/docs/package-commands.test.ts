import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { COMMANDS } from "../../cli/run";
import { root } from "./guides";

/** Users who have only the package read these pages. So every command in them must be in the package. */
const pagesIn = (folder: string): string[] =>
  readdirSync(join(root, folder))
    .filter((name) => name.endsWith(".md"))
    .map((name) => `${folder}/${name}`);
const templates = readdirSync(join(root, "templates")).map((name) => `templates/${name}/README.md`);
const pages = ["README.md", "docs/README.md", ...pagesIn("docs/guides"), ...pagesIn("docs/reference"), ...templates];

/**
 * A page without comments and without the parts for contributors: a section of the README, and sentences that begin
 * with "In a clone".
 */
function forUsers(text: string): string {
  return text
    .replace(/^## Contributing\n[\s\S]*?(?=^## )/m, "")
    .replace(/^In a clone of the repository,.*\n/m, "")
    .replace(/<!--[\s\S]*?-->/g, "");
}

/** Commands that exist only in the repository. */
function ofRepository(text: string): string[] {
  return text.match(/\bnpm run [\w:-]+|\bnode (?:tools|bench|dist|tests|emulator)\/\S*/g) ?? [];
}

/** The words after `pulumi-lyceum` in a code span or on a line of code, up to the end of the command. */
function commandLines(text: string): string[] {
  const joined = text.replace(/\\\n\s*/g, " ");
  const found = joined.matchAll(/(?:npx (?:--no-install )?|[`($] ?)pulumi-lyceum((?: +[^\s`|;&>)"#]+)*)/g);
  return [...found].map(([, rest = ""]) => rest.trim());
}

/** The part of a command line that does not exist. Undefined if all parts exist. */
function missing(line: string): string | undefined {
  const [name, ...words] = line.split(/ +/);
  // The name without a command means the package, and a placeholder means any command.
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

test("finds a planted command of the repository, and skips one for contributors", () => {
  const planted = "Text.\n\n```sh\nnpm run quickstart -- --keep\nnode tools/run.mjs\n```\n";
  expect(ofRepository(forUsers(planted))).toEqual(["npm run quickstart", "node tools/run.mjs"]);
  const contributing = "# A\n\n## Contributing\n\n`npm run bench`\n\n## Documentation\n\n`npm test`\n";
  expect(ofRepository(forUsers(contributing))).toEqual([]);
});

test("finds a planted command line with a missing command or option", () => {
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

test("there are commands to check", () => {
  const lines = pages.flatMap((page) => commandLines(forUsers(readFileSync(join(root, page), "utf8"))));
  expect(lines.length).toBeGreaterThan(50);
});

test.each(pages)("the package has every command of %s", (page) => {
  const text = forUsers(readFileSync(join(root, page), "utf8"));
  const wrong = commandLines(text).flatMap((line) => missing(line) ?? []);
  expect([...ofRepository(text), ...wrong]).toEqual([]);
});
