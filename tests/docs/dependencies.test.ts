import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";

// Checks that CONTRIBUTING.md has the reason for every installed package, and that the README shows the required
// versions.
const root = resolve(__dirname, "../..");
const text = readFileSync(join(root, "CONTRIBUTING.md"), "utf8");
const [, section = ""] = text.split("## Dependencies\n");
/**
 * The names in the first column, without the note in parentheses. `@types/*` stands for all packages of types without
 * their own row.
 */
const explained = [...section.matchAll(/^\| (`[^|]*) \|/gm)].flatMap(([, cell = ""]) =>
  [...cell.matchAll(/`([^`]+)`/g)].map(([, name = ""]) => name),
);

const installed = ["package.json", "compose/package.json", "emulator/package.json"].flatMap((file) => {
  const manifest = JSON.parse(readFileSync(join(root, file), "utf8")) as Record<string, object | undefined>;
  return ["dependencies", "peerDependencies", "devDependencies"].flatMap((kind) => Object.keys(manifest[kind] ?? {}));
});

function unexplained(names: readonly string[]): readonly string[] {
  return names.filter((name) => !explained.includes(name) && !name.startsWith("@types/"));
}

test("finds a planted package without a row", () => {
  expect(unexplained(["left-pad", "yaml"])).toEqual(["left-pad"]);
});

test("every installed package has a row with its reason", () => {
  expect(installed.length).toBeGreaterThan(20);
  expect(unexplained(installed)).toEqual([]);
});

test("every row is of an installed package", () => {
  expect(explained.filter((name) => name !== "@types/*" && !installed.includes(name))).toEqual([]);
});

test("the README shows the versions that the manifest and the set-up require", () => {
  const { engines, peerDependencies } = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as {
    engines: { node: string };
    peerDependencies: Record<string, string>;
  };
  const setUp = readFileSync(join(root, "tools/setup/recipes.mjs"), "utf8");
  const least = (text = "") => /\d+\.\d+\.\d+/.exec(text)?.[0];
  const cli = /oldestPulumi: \{[^}]*version: "([^"]+)"/.exec(setUp)?.[1];
  expect(readFileSync(join(root, "README.md"), "utf8")).toContain(
    `It needs Node ${least(engines.node)} or later, \`@pulumi/pulumi\` ${least(peerDependencies["@pulumi/pulumi"])} or later, and the Pulumi CLI ${cli} or later.`,
  );
});
