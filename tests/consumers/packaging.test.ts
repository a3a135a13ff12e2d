import { readFileSync } from "node:fs";
import { builtinModules, createRequire } from "node:module";
import { join } from "node:path";
import { outputOf } from "../harness/commands";
import { start } from "../harness/processes/run";
import { ROOT } from "../harness/root";
import { userEnvironment } from "./workspace";

/** The failure shows the output of the tool. */
async function passes(script: string): Promise<void> {
  const options = { cwd: ROOT, env: { ...userEnvironment(), NO_COLOR: "1" } };
  const result = await start("npm", ["run", "--silent", script], options).ended;
  if (result.exitCode !== 0) throw new Error(`npm run ${script} ended with ${result.exitCode}:\n${outputOf(result)}`);
}

test("every resolver understands the package (publint, attw)", () => passes("check:package"));

test("no code is unused, and every used dependency is declared (knip)", () => passes("knip"));

/** Returns the packages that a file loads, itself or through other files, at once or later. */
function loadedPackages(entry: string): readonly string[] {
  const files = new Set([entry]);
  const packages = new Set<string>();
  // The loop also visits files that are added during the loop.
  for (const file of files) {
    // The library of the bucket contains all packages that it needs. It loads others only if they are installed. The
    // other module contains the text that states store.
    if (/\/(cli\/library|provider-code)\.js$/.test(file)) continue;
    for (const [, name = ""] of readFileSync(file, "utf8").matchAll(/(?<![.\w>])require\("([^"]+)"\)/g)) {
      if (name.startsWith(".")) files.add(createRequire(file).resolve(name));
      else if (!name.startsWith("node:") && !builtinModules.includes(name)) {
        packages.add(/^(@[^/]+\/)?[^/]+/.exec(name)?.[0] ?? name);
      }
    }
  }
  return [...packages].sort();
}

test("a program needs only packages that a user installs", () => {
  const { dependencies, peerDependencies } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as {
    dependencies: object;
    peerDependencies: object;
  };
  const installed = Object.keys({ ...dependencies, ...peerDependencies, "pulumi-lyceum": "" }).sort();
  expect(loadedPackages(join(ROOT, "dist", "sdk", "index.js"))).toEqual(installed);
});

test("a stack trace leads to the source: each file has a map that contains it", async () => {
  const options = { cwd: ROOT, env: { ...userEnvironment(), NO_COLOR: "1" } };
  const { stdout } = await start("npm", ["pack", "--dry-run", "--json", "--ignore-scripts"], options).ended;
  const [packed] = JSON.parse(stdout) as { size: number; files: { path: string }[] }[];
  const paths = new Set(packed?.files.map(({ path }) => path));
  const code = [...paths].filter((path) => path.startsWith("dist/") && path.endsWith(".js"));
  expect(code.length).toBeGreaterThan(100);
  // The bundle of the dynamic host keeps its original names and needs no map. The files that load it, or
  // the library for the bucket, contain nothing to trace. `glob.js` is mostly code of a package. A map of the emulator
  // would be a tenth of the package, mostly for code of its server, and a map of the library for the bucket would be
  // another tenth.
  const ofHost = ["execution", "files", "host", "scope"].map((name) => `dist/provider/hosts/dynamic/${name}.js`);
  expect(code.filter((path) => !paths.has(`${path}.map`)).sort()).toEqual([
    "dist/cli/emulator.js",
    "dist/cli/library.js",
    "dist/cli/schema-compiler.js",
    "dist/provider/files/glob.js",
    ...ofHost,
    "dist/provider/storage/s3/library.js",
  ]);
  const map = JSON.parse(readFileSync(join(ROOT, "dist", "sdk", "index.js.map"), "utf8")) as {
    sourcesContent: string[];
  };
  expect(map.sourcesContent[0]).toBe(readFileSync(join(ROOT, "sdk", "index.ts"), "utf8"));
  const bundled = JSON.parse(readFileSync(join(ROOT, "dist", "cli", "main.js.map"), "utf8")) as {
    sources: string[];
    sourcesContent: (string | null)[];
  };
  const own = bundled.sources.indexOf("../../cli/main.ts");
  expect(bundled.sourcesContent[own]).toBe(readFileSync(join(ROOT, "cli", "main.ts"), "utf8"));
  // In addition to @pulumi/pulumi, an installation takes a few MB. A third of that is maps with the sources. The
  // library for the bucket is in the package twice, because the plugin is one file.
  expect(packed?.size).toBeLessThan(4_900_000);
});

test("a command loads the Compose reader, and the emulator the compiler of schemas, only if it needs them", () => {
  const sourcesOf = (name: string): readonly string[] =>
    (JSON.parse(readFileSync(join(ROOT, "dist", "cli", `${name}.js.map`), "utf8")) as { sources: string[] }).sources;
  const holds = (name: string, part: RegExp): boolean => sourcesOf(name).some((source) => part.test(source));
  const [reader, compiler] = [/\/node_modules\/yaml\//, /\/node_modules\/ajv\//];
  expect(["compose-commands", "main"].map((name) => holds(name, reader))).toEqual([true, false]);
  expect(["schema-compiler", "emulator"].map((name) => holds(name, compiler))).toEqual([true, false]);
});
