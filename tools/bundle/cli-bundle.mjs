// @ts-check
/**
 * Bundles the command line into a few files. One file is always loaded. Each module that is loaded with `require` has a
 * separate file. With hundreds of small files, the start would take longer than checking a small project.
 */
import { chmod, copyFile, mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import { basename, dirname, join, relative, resolve } from "node:path";
import { parse } from "yaml";
import { ROOT } from "../project.mjs";
import { bundleFile, YAML } from "./bundle.mjs";

/**
 * Modules that Fastify loads only for a logger, for schemas of routes and for simulated requests. The emulator uses
 * none of these features, so the modules are left out of the bundle.
 */
const NEVER_LOADED = ["pino", "light-my-request", "@fastify/ajv-compiler", "@fastify/fast-json-stringify-compiler"];

/** The folder for the files that the emulator reads. */
const EMULATOR_FILES = "emulator-files";

/**
 * Bundles the command line into a folder. Each new file replaces its old version in one step, because a command may
 * start at the same time and needs a complete file. Old files without a new version are removed.
 * @param {string} target
 * @returns {Promise<string[]>} the folders of the packages whose code is in the files, relative to the root
 */
export async function bundleCommandLine(target) {
  await mkdir(target, { recursive: true });
  const folder = await mkdtemp(`${target}-`);
  const sources = ["cli/main.ts"];
  const packages = new Set();
  // The loop also visits modules that are added to `sources` during the loop, because a bundled module may load further
  // modules.
  for (const source of sources) {
    const file = join(folder, nameOf(source));
    const isEmulator = /^(cli\/)?emulator\//.test(source);
    if (source === "cli/emulator/emulator.ts") await copyEmulatorFiles(join(folder, EMULATOR_FILES));
    const { packages: found } = await bundleFile(source, file, {
      alias: { yaml: YAML },
      external: ["undici", ...(isEmulator ? NEVER_LOADED : [])],
      sourcemap: true,
      ...(isEmulator ? { define: { EMULATOR_FILES: JSON.stringify(EMULATOR_FILES) } } : {}),
      plugins: [
        loadedLater((path) => {
          if (!sources.includes(path)) sources.push(path);
        }),
        WITHOUT_UNUSED,
      ],
    });
    for (const name of found) packages.add(name);
    await keepOwnSources(`${file}.map`);
  }
  await chmod(join(folder, "main.js"), 0o755);
  const made = await readdir(folder);
  for (const name of made) {
    // A rename cannot replace an existing folder, so the old folder is removed first.
    if (name === EMULATOR_FILES) await rm(join(target, name), { recursive: true, force: true });
    await rename(join(folder, name), join(target, name));
  }
  for (const name of await readdir(target)) {
    if (!made.includes(name) && name !== "LICENSES.txt") await rm(join(target, name), { recursive: true });
  }
  await rm(folder, { recursive: true });
  return [...packages].sort();
}

/**
 * Copies the files that the emulator reads: its page, and the contract as JSON.
 * @param {string} folder
 */
async function copyEmulatorFiles(folder) {
  const page = join(ROOT, "emulator", "src", "page");
  await mkdir(join(folder, "page"), { recursive: true });
  for (const name of await readdir(page)) {
    if (name !== "tsconfig.json") await copyFile(join(page, name), join(folder, "page", name));
  }
  const contract = await readFile(join(ROOT, "provider", "lyceum", "contract", "openapi.yaml"), "utf8");
  await writeFile(join(folder, "contract.json"), JSON.stringify(parse(contract)));
}

/** @param {string} source */
function nameOf(source) {
  return basename(source).replace(/\.ts$/, ".js");
}

/**
 * Returns a plugin of esbuild. A module of this package that is loaded with `require` is left out of the bundle, and
 * becomes a separate file next to the bundle.
 * @param {(source: string) => void} found receives the path of the module, relative to the root
 * @returns {import("esbuild").Plugin}
 */
function loadedLater(found) {
  return {
    name: "loaded-later",
    setup(build) {
      build.onResolve({ filter: /^\./ }, ({ kind, path, importer }) => {
        if (kind !== "require-call" || importer.includes("node_modules")) return undefined;
        const source = `${relative(ROOT, resolve(dirname(importer), path))}.ts`;
        found(source);
        return { path: `./${nameOf(source)}`, external: true };
      });
    },
  };
}

/**
 * A plugin of esbuild that leaves out the modules of this repository that a bundle does not use. Without this plugin,
 * one table of a folder would bring in all tables that the folder exports, and every start would read them.
 * @type {import("esbuild").Plugin}
 */
const WITHOUT_UNUSED = {
  name: "without-unused",
  setup(build) {
    build.onResolve({ filter: /^\./ }, async ({ path, pluginData, ...from }) => {
      if (pluginData === WITHOUT_UNUSED || from.kind !== "import-statement" || from.importer.includes("node_modules")) {
        return undefined;
      }
      const { kind, importer, resolveDir } = from;
      const resolved = await build.resolve(path, { kind, importer, resolveDir, pluginData: WITHOUT_UNUSED });
      return { ...resolved, sideEffects: false };
    });
  },
};

/**
 * Removes source texts from a source map, except the texts of `cli`. The maps in `dist` already have the texts of the
 * provider. For packages, names and lines are enough for a stack trace.
 * @param {string} file
 */
async function keepOwnSources(file) {
  /** @type {{ sources: string[], sourcesContent: (string | null)[] }} */
  const map = JSON.parse(await readFile(file, "utf8"));
  map.sourcesContent = map.sourcesContent.map((text, at) => (map.sources[at]?.startsWith("../../cli/") ? text : null));
  await writeFile(file, JSON.stringify(map));
}
