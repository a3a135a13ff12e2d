import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { COMPOSE_NAMES, OVERRIDE_NAMES } from "../compose/project";
import { COMMANDS } from "./run";

const root = join(__dirname, "..");
const [hook, ...others] = parse(readFileSync(join(root, ".pre-commit-hooks.yaml"), "utf8")) as {
  readonly id: string;
  readonly entry: string;
  readonly files: string;
}[];

it("makes pre-commit call a command that exists", () => {
  const { bin } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as { bin: Record<string, string> };
  const [program = "", command] = hook?.entry.split(" ") ?? [];
  expect(bin).toHaveProperty([program]);
  expect(COMMANDS.map(({ name }) => name)).toContain(command);
  expect(others).toEqual([]);
});

it("gets the files that Compose looks for, in any folder, and no others", () => {
  const files = new RegExp(hook?.files ?? "");
  for (const name of [...COMPOSE_NAMES, ...OVERRIDE_NAMES]) {
    expect(files.test(name)).toBe(true);
    expect(files.test(`stacks/a/${name}`)).toBe(true);
  }
  for (const name of ["compose.prod.yaml", "my-compose.yaml", "compose.yaml.bak", "decompose.yaml", ".env"]) {
    expect(files.test(name)).toBe(false);
  }
});

it("is the hook that the guide shows", () => {
  const guide = readFileSync(join(root, "docs/guides/compose.md"), "utf8");
  expect(guide).toContain(`- id: ${hook?.id}`);
  expect(guide).toContain(`files: ${hook?.files}`);
});
