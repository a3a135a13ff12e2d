// @ts-check
/**
 * `node tools/bundle/main.mjs [cli|dynamic|plugin]…` makes all or some bundled files, with the licenses of the packages
 * in each.
 */
import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { ROOT } from "../project.mjs";
import { bundleFile, licenseTexts, YAML } from "./bundle.mjs";
import { bundleCommandLine } from "./cli-bundle.mjs";
import { bundlePlugin, PLUGIN_FILE } from "./plugin-bundle.mjs";

/**
 * The modules that states name. One process may load both, and they must then share their variables. So they are in one
 * bundle.
 */
const MODULES = ["execution", "files", "scope"];

/**
 * The library of the bucket is loaded late, because it loads slowly. The command line already has it as a file of its
 * own, and the package should not have it twice.
 * @type {import("esbuild").Plugin}
 */
const FROM_COMMAND_LINE = {
  name: "from-command-line",
  setup(build) {
    build.onResolve({ filter: /^\.\/library$/ }, () => ({ path: "../../../cli/library", external: true }));
  },
};

/**
 * Bundles the code that Pulumi's host of dynamic providers loads, because Node would take longer to load hundreds of
 * small files than to do the work. In the folder, each compiled module is replaced by a line that loads the bundle.
 * @param {string} folder
 * @returns {Promise<string[]>} the folders of the packages whose code is in the file, relative to the root
 */
async function bundleDynamicHost(folder) {
  const contents = MODULES.map((name) => `export * as ${name} from "./${name}";`).join("\n");
  const { packages } = await bundleFile(undefined, join(folder, "host.js"), {
    stdin: { contents, resolveDir: join(ROOT, "provider", "hosts", "dynamic"), loader: "ts" },
    alias: { yaml: YAML },
    // undici stays outside the bundle. The package depends on it anyway, other files load it too, and a second copy
    // would be a third of the bundle.
    external: ["@pulumi/pulumi", "undici"],
    // Names are not shortened, because stack traces must be readable without a source map, which would be as large as
    // the bundle.
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

/** @type {Record<string, { folder: string, make: (folder: string) => Promise<string[]> }>} */
const BUNDLES = {
  cli: { folder: "dist/cli", make: bundleCommandLine },
  dynamic: { folder: "dist/provider/hosts/dynamic", make: bundleDynamicHost },
  plugin: { folder: "bin", make: async (folder) => (await bundlePlugin(join(folder, PLUGIN_FILE))).packages },
};

const names = process.argv.slice(2);
for (const [name, bundle] of Object.entries(BUNDLES)) {
  if (names.length > 0 && !names.includes(name)) continue;
  const folder = join(ROOT, bundle.folder);
  await writeFile(join(folder, "LICENSES.txt"), await licenseTexts(await bundle.make(folder)));
}
