// @ts-check
/**
 * `node tools/bundle/main.mjs [cli|dynamic|plugin|program]…` makes the named bundles, or all bundles if none is named.
 * Each bundle comes with the licenses of its packages.
 */
import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { ROOT } from "../project.mjs";
import { bundleFile, licenseTexts, YAML } from "./bundle.mjs";
import { bundleCommandLine } from "./cli-bundle.mjs";
import { bundlePlugin, PLUGIN_FILE } from "./plugin-bundle.mjs";

/**
 * The modules whose paths are recorded in states. One process may load several of these modules. They are in one
 * bundle, because they must share their variables.
 */
const MODULES = ["execution", "files", "scope"];

/**
 * The path of the library for the bucket, from a folder three levels below `dist`. The library is in the command line's
 * folder. It is a separate file, because loading it takes long.
 */
const LIBRARY = "../../../cli/library";

/**
 * Loads the library of the bucket from the command line's folder. Without this plugin, the package would contain the
 * library twice.
 * @type {import("esbuild").Plugin}
 */
const FROM_COMMAND_LINE = {
  name: "from-command-line",
  setup(build) {
    build.onResolve({ filter: /^\.\/library$/ }, () => ({ path: LIBRARY, external: true }));
  },
};

/**
 * Bundles the code that Pulumi's host of dynamic providers loads, because loading hundreds of small files would take
 * too long. A line that loads the bundle replaces each module of the folder.
 * @param {string} folder
 * @returns {Promise<string[]>} the folders of the packages whose code is in the file, relative to the root
 */
async function bundleDynamicHost(folder) {
  const contents = MODULES.map((name) => `export * as ${name} from "./${name}";`).join("\n");
  const { packages } = await bundleFile(undefined, join(folder, "host.js"), {
    stdin: { contents, resolveDir: join(ROOT, "provider", "hosts", "dynamic"), loader: "ts" },
    alias: { yaml: YAML },
    // undici is not bundled, because the package depends on undici and other files load undici too. A second copy would
    // be a third of the bundle.
    external: ["@pulumi/pulumi", "undici"],
    // Names are not shortened, because stack traces must be readable without a source map. A source map would be as
    // large as the bundle.
    minify: false,
    minifySyntax: true,
    minifyWhitespace: true,
    plugins: [FROM_COMMAND_LINE],
  });
  for (const name of MODULES) {
    await writeFile(join(folder, `${name}.js`), `"use strict";\nmodule.exports = require("./host").${name};\n`);
    await rm(join(folder, `${name}.js.map`), { force: true });
  }
  return packages;
}

/**
 * Bundles the two modules of a program that use packages that only contributors install. A program loads these modules
 * when it calls a function such as `getStoredFile`.
 * @param {string} folder
 * @returns {Promise<string[]>} the folders of the packages whose code is in the files, relative to the root
 */
async function bundleProgram(folder) {
  const library = join(folder, "storage", "s3", "library.js");
  await writeFile(library, `"use strict";\nmodule.exports = require("${LIBRARY}");\n`);
  const globs = join(folder, "files", "glob.js");
  const { packages } = await bundleFile("provider/files/glob.ts", globs, { external: ["../storage/errors"] });
  for (const file of [library, globs]) await rm(`${file}.map`, { force: true });
  return packages;
}

/** @type {Record<string, { folder: string, make: (folder: string) => Promise<string[]> }>} */
const BUNDLES = {
  cli: { folder: "dist/cli", make: bundleCommandLine },
  dynamic: { folder: "dist/provider/hosts/dynamic", make: bundleDynamicHost },
  plugin: { folder: "bin", make: async (folder) => (await bundlePlugin(join(folder, PLUGIN_FILE))).packages },
  program: { folder: "dist/provider", make: bundleProgram },
};

const names = process.argv.slice(2);
for (const [name, bundle] of Object.entries(BUNDLES)) {
  if (names.length > 0 && !names.includes(name)) continue;
  const folder = join(ROOT, bundle.folder);
  await writeFile(join(folder, "LICENSES.txt"), await licenseTexts(await bundle.make(folder)));
}
