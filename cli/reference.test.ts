import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { commands, runCommandLine } from "./run";
import { fakeSurface } from "./testing/surface";

const file = join(__dirname, "../docs/reference/commands.md");
/** The block behind the comment of a command. */
const BLOCK = /(<!-- help: (\w+) -->\n```text\n)([\s\S]*?)(?=```)/g;

function helpOf(name: string): string {
  const surface = { ...fakeSurface({}), columns: 120 };
  runCommandLine([name, "--help"], surface);
  return `${surface.output.join("\n")}\n`;
}

test("the page shows what --help prints of each command; UPDATE_GOLDEN=1 writes it", () => {
  const page = readFileSync(file, "utf8");
  const current = page.replace(BLOCK, (_block, head: string, name: string) => head + helpOf(name));
  if (process.env.UPDATE_GOLDEN === "1") writeFileSync(file, current);
  else expect(page).toBe(current);
});

test("every command is on the page, those for pipelines on their own", () => {
  const named = [...readFileSync(file, "utf8").matchAll(BLOCK)].map(([, , name]) => name);
  expect([...named, "ci"].sort()).toEqual(commands.map(({ name }) => name).sort());
});
