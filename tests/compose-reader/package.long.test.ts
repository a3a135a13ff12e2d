import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildSync } from "esbuild";
import { examplesOf } from "../../compose/testing/readme-examples";

// The npm package of the Compose reader, installed from its tarball without a network in an empty folder, as a stranger
// uses it.

const root = join(__dirname, "../..");
const bin = (path: string) => join(root, "node_modules", path);
let folder = "";

const run = (program: string, ...args: string[]): string => {
  try {
    return execFileSync(program, args, { cwd: folder, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
  } catch (error) {
    const { stdout, stderr } = error as { readonly stdout: string; readonly stderr: string };
    throw new Error(`${program} ${args.join(" ")}\n${stdout}${stderr}`);
  }
};
const node = (...args: string[]) => run(process.execPath, ...args);
const write = (name: string, text: string) => writeFileSync(join(folder, name), text);
const installed = () => join(folder, "node_modules", "compose-reader");

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "compose-reader-"));
  const built = join(folder, "built");
  node(join(root, "tools/bundle/compose-package.mjs"), "--out", built);
  for (const source of [built, bin("yaml")]) run("npm", "pack", source, "--ignore-scripts", "--silent");
  write("package.json", JSON.stringify({ name: "stranger", private: true }));
  const tarballs = readdirSync(folder).filter((name) => name.endsWith(".tgz"));
  expect(tarballs).toHaveLength(2);
  run(
    "npm",
    "install",
    "--offline",
    "--ignore-scripts",
    "--no-audit",
    "--no-fund",
    ...tarballs.map((name) => `./${name}`),
  );
  rmSync(built, { recursive: true });
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const filesOf = (path: string): string[] =>
  readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));

test("it has one dependency, a license, and no name of ours", () => {
  const files = filesOf(installed());
  const named = (text: string) => /lyceum|pulumi/i.test(text);
  expect(named("npx pulumi-lyceum")).toBe(true);
  expect(files.filter((path) => named(readFileSync(path, "utf8")))).toEqual([]);
  expect(files.map((path) => path.slice(installed().length + 1))).toEqual(
    expect.arrayContaining([
      "LICENSE",
      "README.md",
      "CONFORMANCE.md",
      "package.json",
      "dist/index.mjs",
      "dist/index.cjs",
    ]),
  );
  const { dependencies, private: isPrivate } = JSON.parse(readFileSync(join(installed(), "package.json"), "utf8"));
  expect([dependencies, isPrivate]).toEqual([{ yaml: expect.stringMatching(/^\^2[.]/) }, undefined]);
  expect(readdirSync(join(folder, "node_modules")).filter((name) => !name.startsWith("."))).toEqual([
    "compose-reader",
    "yaml",
  ]);
});

test("the other checks of packages pass", () => {
  run(process.execPath, bin("publint/src/cli.js"), installed(), "--strict");
  node(
    bin("@arethetypeswrong/cli/dist/index.js"),
    "--pack",
    installed(),
    "--no-emoji",
    "--no-color",
    "--profile",
    "node16",
  );
});

const USE = `const project = loadProject("compose.yaml", { files: memoryFiles({ "compose.yaml": "services: {web: {image: nginx}}" }) });
console.log(project.services.web.image, typeof diskFiles.read, nearest("imgae", ["image"]), typeof select, typeof bundleText);
`;
const NAMES = [
  ["loadProject, memoryFiles", "compose-reader"],
  ["diskFiles", "compose-reader/node"],
  ["nearest", "compose-reader/wording"],
  ["select", "compose-reader/rule"],
  ["bundleText", "compose-reader/project"],
] as const;
const IMPORTS = NAMES.map(([names, entry]) => `import { ${names} } from "${entry}";\n`).join("");
const PRINTED = "nginx function image function function\n";

test.each([
  ["an ES module", "use.mjs", IMPORTS],
  ["CommonJS", "use.cjs", NAMES.map(([names, entry]) => `const { ${names} } = require("${entry}");\n`).join("")],
])("%s uses each entry", (_, file, imports) => {
  write(file, imports + USE);
  expect(node(file)).toBe(PRINTED);
});

test.each([
  ["module node16", "use.mts", { module: "node16", moduleResolution: "node16" }],
  ["CommonJS of node16", "use.cts", { module: "node16", moduleResolution: "node16" }],
  ["module nodenext", "next.mts", { module: "nodenext", moduleResolution: "nodenext" }],
  ["a bundler", "bundler.ts", { module: "esnext", moduleResolution: "bundler" }],
])("TypeScript compiles a strict program: %s", (_, file, options) => {
  // Without types of Node, without `skipLibCheck`, and with every strict option.
  write(
    file,
    `${IMPORTS}import type { Mount, Port, Project, Service } from "compose-reader";
const files = memoryFiles({ "compose.yaml": "services: {web: {image: nginx, ports: ['80:80']}}" });
const project: Project = loadProject(["compose.yaml"], { files, environment: { A: undefined }, profiles: [] });
const web: Service | undefined = project.services["web"];
const ports: readonly Port[] = web?.ports ?? [];
const mounts: readonly Mount[] = web?.volumes ?? [];
export const shown: readonly (number | string)[] = [...ports.map(({ target }) => target), ...mounts.map(({ target }) => target)];
export const line: number | undefined = project.positionOf(["services", "web", "image"])?.line;
export const used = [diskFiles.stat("/"), nearest("a", ["b"]), select(undefined, "a"), bundleText("a").diagnostics];
// @ts-expect-error: the key does not exist
export const wrong = web?.imgae;
// @ts-expect-error: the files must be given
export const without = () => loadProject("compose.yaml");
`,
  );
  const strict = { strict: true, noUncheckedIndexedAccess: true, exactOptionalPropertyTypes: true, target: "es2022" };
  const compilerOptions = { ...strict, ...options, lib: ["es2022"], types: [], noEmit: true, skipLibCheck: false };
  write("tsconfig.json", JSON.stringify({ compilerOptions, files: [file] }));
  expect(node(bin("typescript/bin/tsc"), "-p", "tsconfig.json")).toBe("");
});

test("a bundler for browsers takes the main entry, and nothing of Node is left", () => {
  write(
    "browser.mjs",
    `import { loadProject, memoryFiles } from "compose-reader";\n${USE.replace(/, typeof diskFiles.*$/m, ");")}`,
  );
  for (const format of ["esm", "iife"] as const) {
    const { metafile } = buildSync({
      metafile: true,
      absWorkingDir: folder,
      entryPoints: ["browser.mjs"],
      outfile: join(folder, "out.js"),
      bundle: true,
      platform: "browser",
      format,
    });
    expect(Object.values(metafile.outputs).flatMap(({ imports }) => imports)).toEqual([]);
    // A context without the globals of Node, as in a browser.
    write(
      "page.cjs",
      `const printed = [];
require("node:vm").runInNewContext(require("node:fs").readFileSync("out.js", "utf8"), { TextEncoder, TextDecoder, console: { log: (...values) => printed.push(values.join(" ")) } });
process.stdout.write(printed.join("\\n"));
`,
    );
    expect(node("page.cjs")).toBe("nginx");
  }
});

describe("the examples of the README", () => {
  const examples = examplesOf(readFileSync(join(root, "compose/README.md"), "utf8"));

  test("are ten", () => expect(examples).toHaveLength(10));

  test.each(examples)("$title", ({ code, printed }) => {
    for (const format of ["esm", "cjs"] as const) {
      const file = `example.${format === "esm" ? "mjs" : "cjs"}`;
      buildSync({ stdin: { contents: code, loader: "ts" }, format, outfile: join(folder, file) });
      expect(node(file)).toBe(printed);
    }
  });

  test("compile in strict mode", () => {
    mkdirSync(join(folder, "examples"), { recursive: true });
    const names = examples.map(({ code }, index) => {
      const name = `examples/${index}.mts`;
      write(name, code);
      return name;
    });
    const compilerOptions = {
      strict: true,
      module: "nodenext",
      target: "es2022",
      noEmit: true,
      types: ["node"],
      typeRoots: [bin("@types")],
    };
    write("tsconfig.json", JSON.stringify({ compilerOptions, files: names }));
    expect(node(bin("typescript/bin/tsc"), "-p", "tsconfig.json")).toBe("");
  });
});
