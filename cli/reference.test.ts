import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { OptionRow } from "./option-table";
import { COMMANDS } from "./run";
import { referenceOf } from "./testing/reference";

const file = join(__dirname, "../docs/reference/commands.md");
/** The text after the comment of a command, up to the next heading. */
const BLOCK = /(<!-- help: (\w+) -->\n)([\s\S]*?)(?=\n## |$(?![\s\S]))/g;

function referenceTo(name: string): string {
  const row = COMMANDS.find((command) => command.name === name);
  return row === undefined ? `no command ${name}` : referenceOf(name, row.load());
}

test("docs/reference/commands.md shows each command with its table of options; UPDATE_GOLDEN=1 writes it", () => {
  const page = readFileSync(file, "utf8");
  // The test adds a section for a new command at the end. The author of the command then moves the section and
  // describes the command.
  const missing = COMMANDS.filter(({ name }) => name !== "ci" && !page.includes(`<!-- help: ${name} -->`));
  const whole = [page, ...missing.map(({ name }) => `\n## ${name}\n\n<!-- help: ${name} -->\n`)].join("");
  const current = whole.replace(BLOCK, (_block, head: string, name: string) => `${head}\n${referenceTo(name)}\n`);
  if (process.env.UPDATE_GOLDEN === "1") writeFileSync(file, current);
  else expect(page).toBe(current);
});

const sources = readdirSync(__dirname, { recursive: true, encoding: "utf8" }).filter((path) => path.endsWith(".ts"));
const read = (path: string) => readFileSync(join(__dirname, path), "utf8");
const tests = sources.filter((path) => path.endsWith(".test.ts")).map(read);

test("each command in a file of this folder has a row in run.ts", () => {
  const written = sources.flatMap((path) => [...read(path).matchAll(/^export const (\w+): Command\b/gm)]);
  expect(written.map(([, name]) => name).sort()).toEqual(COMMANDS.map(({ name }) => name).sort());
});

test.each(COMMANDS)("a test of this folder runs the command $name, or imports its module", ({ name }) => {
  const runs = new RegExp(`[(\\[]"${name}[ "]|from "\\./${name}"`);
  expect(tests.some((text) => runs.test(text))).toBe(true);
});

test("every command is on docs/reference/commands.md, and those for pipelines are on their own page", () => {
  const named = [...readFileSync(file, "utf8").matchAll(BLOCK)].map(([, , name]) => name);
  expect([...named, "ci"].sort()).toEqual(COMMANDS.map(({ name }) => name).sort());
});

test("every switch is off unless the command line has it", () => {
  const on = COMMANDS.flatMap(({ name, load }) =>
    Object.entries<OptionRow>(load().options).flatMap(([option, { type, default: usual }]) =>
      type === "boolean" && usual === true ? [`${name} --${option}`] : [],
    ),
  );
  expect(on).toEqual([]);
});
