// @ts-check
/**
 * `npm run build:compose` makes the npm package of the Compose reader: ES modules, CommonJS, and types for both. The
 * package is in `.cache/compose-reader`, or in the folder after `--out`. `npm pack` packs the folder.
 */
import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { copyFile, mkdir, mkdtemp, readFile, rename, rm, writeFile } from "node:fs/promises";
import { dirname, join, relative } from "node:path";
import { parseArgs, promisify } from "node:util";
import { build, transform } from "esbuild";
import { ROOT } from "../project.mjs";
import { runMain } from "../run.mjs";

const SOURCES = join(ROOT, "compose");
/** The oldest environment that has everything that the code uses from the language and its library. */
const TARGET = ["es2022"];

await runMain(async () => {
  const { values } = parseArgs({
    options: { out: { type: "string", default: join(ROOT, ".cache", "compose-reader") } },
  });
  await mkdir(dirname(values.out), { recursive: true });
  const folder = await mkdtemp(`${values.out}-`);
  try {
    const { version } = JSON.parse(await readFile(join(ROOT, "package.json"), "utf8"));
    const manifest = { ...JSON.parse(await readFile(join(SOURCES, "package.json"), "utf8")), version };
    const entries = Object.entries(manifest.exports).map(([name, source]) => ({
      name,
      source: String(source),
      file: name === "." ? "index" : name.slice(2),
    }));
    await writeModules(entries, join(folder, "dist"));
    await writeTypes(entries, join(folder, "dist"));
    await writeFile(join(folder, "package.json"), `${JSON.stringify(packageOf(manifest, entries), null, 2)}\n`);
    await copyFile(join(ROOT, "LICENSE"), join(folder, "LICENSE"));
    for (const name of ["README.md", "CONFORMANCE.md"]) await copyFile(join(SOURCES, name), join(folder, name));
    await rm(values.out, { recursive: true, force: true });
    await rename(folder, values.out);
    console.log(values.out);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  return 0;
});

/** @typedef {{ name: string, source: string, file: string }} Entry */

/**
 * Writes the code as ES modules and as CommonJS. The entries share their code. So a program has each class only once,
 * even if it loads several entries.
 * @param {readonly Entry[]} entries
 * @param {string} target
 */
async function writeModules(entries, target) {
  const { outputFiles } = await build({
    absWorkingDir: ROOT,
    entryPoints: entries.map(({ file, source }) => ({ in: join(SOURCES, source), out: file })),
    outdir: target,
    outExtension: { ".js": ".mjs" },
    chunkNames: "chunk-[hash]",
    bundle: true,
    splitting: true,
    format: "esm",
    platform: "neutral",
    target: TARGET,
    external: ["yaml", "node:*"],
    legalComments: "none",
    logLevel: "warning",
    write: false,
  });
  await mkdir(target, { recursive: true });
  for (const { path, text } of outputFiles) {
    await writeFile(path, text);
    const { code } = await transform(text, { format: "cjs", platform: "node", target: TARGET });
    await writeFile(path.replace(/\.mjs$/, ".cjs"), code.replace(/(require\("\.\/[^"]+)\.mjs"\)/g, '$1.cjs")'));
  }
}

/**
 * Writes the types that the entries need, once for ES modules and once for CommonJS.
 * @param {readonly Entry[]} entries
 * @param {string} target
 */
async function writeTypes(entries, target) {
  const emitted = await mkdtemp(join(target, "emitted-"));
  const tsc = join(ROOT, "node_modules", "typescript", "bin", "tsc");
  await promisify(execFile)(process.execPath, [tsc, "-p", SOURCES, "--outDir", emitted]);
  /** The modules whose types an entry needs, as paths without an extension. */
  const needed = new Set(entries.map(({ source }) => join(emitted, source.replace(/\.ts$/, ""))));
  for (const path of needed) {
    const text = await readFile(`${path}.d.ts`, "utf8");
    const written = join(target, "types", relative(emitted, path));
    await mkdir(dirname(written), { recursive: true });
    for (const extension of ["mjs", "cjs"]) {
      const whole = text.replace(/((?:from |import\()")(\.[^"]*)"/g, (_, before, specifier) => {
        const named = join(dirname(path), specifier);
        const module = existsSync(`${named}.d.ts`) ? named : join(named, "index");
        needed.add(module);
        const shown = relative(dirname(path), module);
        return `${before}${shown.startsWith(".") ? shown : `./${shown}`}.${extension}"`;
      });
      await writeFile(`${written}.d.${extension === "mjs" ? "mts" : "cts"}`, whole);
    }
  }
  await rm(emitted, { recursive: true });
}

/**
 * Makes the manifest of the package from the manifest of the sources.
 * @param {Record<string, unknown>} manifest
 * @param {readonly Entry[]} entries
 */
function packageOf({ exports: _exports, private: _private, dependencies, ...facts }, entries) {
  const conditions = entries.map(({ name, source, file }) => {
    const types = `./dist/types/${source.slice(2).replace(/\.ts$/, "")}`;
    return [
      name,
      {
        import: { types: `${types}.d.mts`, default: `./dist/${file}.mjs` },
        require: { types: `${types}.d.cts`, default: `./dist/${file}.cjs` },
      },
    ];
  });
  const [main] = entries;
  return {
    ...facts,
    engines: { node: ">=20" },
    main: `./dist/${main?.file}.cjs`,
    module: `./dist/${main?.file}.mjs`,
    types: `./dist/types/${main?.source.slice(2).replace(/\.ts$/, "")}.d.cts`,
    exports: { ...Object.fromEntries(conditions), "./package.json": "./package.json" },
    sideEffects: false,
    files: ["dist", "CONFORMANCE.md"],
    dependencies: Object.fromEntries(
      Object.entries(/** @type {Record<string, string>} */ (dependencies)).map(([name, version]) => [
        name,
        `^${version}`,
      ]),
    ),
  };
}
