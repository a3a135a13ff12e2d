import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";

// For each border between layers, the test writes a file with a forbidden import into an empty copy of the folders. The
// rules of `npm run lint` must refuse each of these imports.

const root = join(__dirname, "../..");
const bin = join(root, "node_modules/dependency-cruiser/bin/dependency-cruise.mjs");

type Rows = readonly (readonly string[])[];
const {
  LAYERS,
  PARTS,
}: {
  readonly LAYERS: Readonly<Record<string, readonly string[]>>;
  readonly PARTS: Readonly<Record<string, Rows>>;
} = require("../../.dependency-cruiser.cjs");

const folderOf = (layer: string): string => (layer === "emulator" ? "emulator/src" : layer);
const FOLDERS = [...Object.keys(LAYERS), "tests", "tools", "bench"].map(folderOf);

/** Each layer, and a folder that it must not import. */
const BORDERS = Object.entries(LAYERS).flatMap(([layer, allowed]) => {
  const permitted = [layer, ...allowed].map((path) => new RegExp(`^${path}${path.endsWith("$") ? "" : "/"}`));
  const refused = FOLDERS.filter((other) => !permitted.some((pattern) => pattern.test(`${other}/target.ts`)));
  return refused.map((to) => [folderOf(layer), to, `layer: ${layer}`] as const);
});

/** Forbidden imports that the test writes, each with the rule that must refuse it. */
const PLANTED: readonly (readonly [from: string, imported: string, rule: string])[] = [
  ...BORDERS.map(([from, to, rule]) => [from, `${relative(from, to)}/target`, rule] as const),
  // These layers may import the Compose reader only by the exports of its package.
  ...["provider/lifecycle", "cli"].map(
    (from) => [from, `${relative(from, "compose/diagnostics")}/target`, "entry: compose"] as const,
  ),
  ["provider/lifecycle/update", "../create/lookup", "door: a verb"],
  ["provider/lifecycle/create", "../read/observe-recorded", "door: a verb"],
  ["provider/lifecycle", "../../compose/loading/target", "entry: compose"],
  ["compose/project/files", "node:path", "compose: without Node"],
  ["compose", "undici", "packages: "],
  ["provider/schema", "yaml", "packages: "],
  ["provider/lifecycle", "@pulumi/pulumi", "packages: "],
  ["provider/reads", "@pulumi/pulumi", "packages: "],
  ["provider/lyceum", "yaml", "packages: "],
  ["provider/policy", "@pulumi/policy", "packages: "],
  ["sdk/policy", "@pulumi/policy", "packages: "],
  ["cli", "undici", "packages: "],
];

/**
 * The forbidden imports between the parts of a layer. A part must not import a part of its own level, a part of a later
 * level, or a folder that is not a part.
 */
const PARTED = Object.entries(PARTS).flatMap(([folder, rows]) => {
  const file = (part: string): string => join(folder, part.endsWith(".ts") ? part : `${part}/planted.ts`);
  const parts = rows.flatMap((row, index) =>
    row.map((part) => {
      const refused = rows.slice(index).flat();
      return { part, refused: [...refused, "unlisted"].filter((other) => other !== part) };
    }),
  );
  return [...parts, { part: "unlisted", refused: rows.flat() }].map(({ part, refused }) => ({
    from: file(part),
    rule: `part: ${folder}/${part === "unlisted" ? "*" : part}`,
    refused: refused.map(file),
  }));
});

interface Cruise {
  readonly summary: {
    readonly violations: readonly {
      readonly from: string;
      readonly to: string;
      readonly rule: { readonly name: string };
    }[];
  };
}

let tree: string;
let found: ReadonlySet<string>;
/** Each refused import, as the file and the imported file. */
let imports: ReadonlySet<string>;

beforeAll(() => {
  tree = mkdtempSync(join(tmpdir(), "layers-"));
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(join(tree, path)), { recursive: true });
    writeFileSync(join(tree, path), text);
  };
  write("package.json", JSON.stringify({ name: "planted", dependencies: {} }));
  symlinkSync(join(root, "tsconfig.base.json"), join(tree, "tsconfig.json"));
  for (const folder of ["compose/diagnostics", "compose/loading", ...FOLDERS])
    write(`${folder}/target.ts`, "export const target = 1;\n");
  write("sdk/here.ts", 'import type { There } from "./there";\nexport type Here = There;\n');
  write("sdk/there.ts", 'import type { Here } from "./here";\nexport type There = Here | 1;\n');
  for (const inner of ["create/lookup", "read/observe-recorded", "create/create"])
    write(`provider/lifecycle/${inner}.ts`, "export const target = 1;\n");
  write("provider/lifecycle/update/update.ts", 'export { target } from "../create/create";\n');
  PLANTED.forEach(([from, imported], index) => {
    write(`${from}/planted-${index}.ts`, `export { target } from "${imported}";\n`);
    if (imported.startsWith(".") || imported.startsWith("node:")) return;
    const manifest = { name: imported, version: "1.0.0", main: "dist/index.js" };
    write(`node_modules/${imported}/package.json`, JSON.stringify(manifest));
    write(`node_modules/${imported}/dist/index.js`, "exports.target = 1;\n");
  });
  for (const { from, refused } of PARTED) {
    const lines = refused.map((to) => `export * from "./${relative(dirname(from), to).replace(/[.]ts$/, "")}";\n`);
    write(from, `export const planted = 1;\n${lines.join("")}`);
  }
  const folders = ["compose", "provider", "sdk", "cli", "emulator/src"];
  const config = join(root, ".dependency-cruiser.cjs");
  const { stdout, stderr } = spawnSync(
    process.execPath,
    [bin, "--config", config, "--output-type", "json", ...folders],
    { cwd: tree, encoding: "utf8", maxBuffer: 64 * 1024 * 1024 },
  );
  if (stdout === "") throw new Error(stderr);
  const { summary } = JSON.parse(stdout) as Cruise;
  found = new Set(summary.violations.map(({ from, rule }) => `${from}: ${rule.name}`));
  imports = new Set(summary.violations.map(({ from, to, rule }) => `${from} → ${to} (${rule.name})`));
});

afterAll(() => rmSync(tree, { recursive: true, force: true }));

test("no module imports itself through another one", () => expect(found).toContain("sdk/here.ts: no-cycle"));

test("a verb knows another one by the file with its name", () =>
  expect([...found].filter((violation) => violation.startsWith("provider/lifecycle/update/update.ts"))).toEqual([]));

test.each(PLANTED.map(([from, imported, rule], index) => [from, imported, rule, index] as const))(
  "%s may not import %s (%s)",
  (from, _imported, rule, index) => {
    const refused = `${from}/planted-${index}.ts: ${rule}`;
    // The name of a rule about packages ends with the list of allowed imports, so only its beginning is compared.
    if (rule === "packages: ") expect([...found]).toContainEqual(expect.stringContaining(refused));
    else expect(found).toContain(refused);
  },
);

test.each(PARTED)("$from imports nothing of its own layer of parts, or of a later one", ({ from, rule, refused }) => {
  expect(refused.filter((to) => !imports.has(`${from} → ${to} (${rule})`))).toEqual([]);
});
