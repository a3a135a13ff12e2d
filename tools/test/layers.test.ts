import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";

// For each border between layers, the test writes a file with a forbidden import into an empty copy of the folders. The
// rules of `npm run lint` must refuse each of these imports.

const root = join(__dirname, "../..");
const bin = join(root, "node_modules/dependency-cruiser/bin/dependency-cruise.mjs");

/** The folder that imports, and the folder that it must not import. */
const BORDERS: readonly (readonly [string, string])[] = [
  ...[
    "provider/secrets",
    "provider/lyceum",
    "provider/lifecycle",
    "provider/schema",
    "provider/hosts",
    "sdk",
    "cli",
  ].map((to) => ["compose", to] as const),
  ...["compose", "provider/secrets", "provider/lyceum", "provider/lifecycle", "provider/hosts", "sdk"].map(
    (to) => ["provider/schema", to] as const,
  ),
  ...["compose", "provider/schema", "provider/lyceum"].map((to) => ["provider/secrets", to] as const),
  ...["compose", "provider/secrets"].map((to) => ["provider/display", to] as const),
  ...["compose", "provider/lifecycle", "provider/reads", "provider/hosts", "sdk", "cli"].map(
    (to) => ["provider/lyceum", to] as const,
  ),
  ...["provider/reads", "provider/hosts", "provider/policy", "sdk", "cli", "emulator/src"].map(
    (to) => ["provider/lifecycle", to] as const,
  ),
  ...["provider/hosts", "sdk", "cli"].map((to) => ["provider/reads", to] as const),
  ...["provider/lifecycle", "provider/lyceum", "provider/reads", "provider/hosts"].map(
    (to) => ["provider/policy", to] as const,
  ),
  ...["sdk", "cli", "emulator/src"].map((to) => ["provider/hosts", to] as const),
  ...["provider/lifecycle", "provider/hosts", "sdk", "emulator/src"].map((to) => ["cli", to] as const),
  ...["cli", "emulator/src", "tests"].map((to) => ["sdk", to] as const),
  ...["compose", "provider/lyceum", "provider/schema", "sdk", "cli"].map((to) => ["emulator/src", to] as const),
];
/** Forbidden imports that the test writes, each with the rule that must refuse it. */
const PLANTED: readonly (readonly [from: string, imported: string, rule: string])[] = [
  ...BORDERS.map(
    ([from, to]) =>
      [from, `${relative(from, to)}/target`, `layer: ${from.replace("emulator/src", "emulator")}`] as const,
  ),
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

type Rows = readonly (readonly string[])[];
const { PARTS }: { readonly PARTS: Readonly<Record<string, Rows>> } = require("../../.dependency-cruiser.cjs");

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
  for (const folder of new Set(["compose/diagnostics", "compose/loading", ...BORDERS.flat()]))
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
