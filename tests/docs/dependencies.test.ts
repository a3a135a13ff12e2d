import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";

// Every package that is installed has its reason in CONTRIBUTING.md.
const root = resolve(__dirname, "../..");
const text = readFileSync(join(root, "CONTRIBUTING.md"), "utf8");
const [, section = ""] = text.split("## Dependencies\n");
/** The names in the first column, without the note in parentheses. `@types/*` stands for all types without a row. */
const explained = [...section.matchAll(/^\| (`[^|]*) \|/gm)].flatMap(([, cell = ""]) =>
  [...cell.matchAll(/`([^`]+)`/g)].map(([, name = ""]) => name),
);

const installed = ["package.json", "emulator/package.json"].flatMap((file) => {
  const manifest = JSON.parse(readFileSync(join(root, file), "utf8")) as Record<string, object | undefined>;
  return ["dependencies", "peerDependencies", "devDependencies"].flatMap((kind) => Object.keys(manifest[kind] ?? {}));
});

function unexplained(names: readonly string[]): readonly string[] {
  return names.filter((name) => !explained.includes(name) && !name.startsWith("@types/"));
}

test("a planted package without a row is found", () => {
  expect(unexplained(["left-pad", "yaml"])).toEqual(["left-pad"]);
});

test("every package that is installed has a row with its reason", () => {
  expect(installed.length).toBeGreaterThan(20);
  expect(unexplained(installed)).toEqual([]);
});

test("no row is of a package that is not installed", () => {
  expect(explained.filter((name) => name !== "@types/*" && !installed.includes(name))).toEqual([]);
});
