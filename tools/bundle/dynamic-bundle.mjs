// @ts-check
/** What Pulumi's host of dynamic providers loads, in one file: hundreds of small files take Node longer than the work itself. */
import { rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { ROOT } from "../project.mjs";
import { bundleFile, YAML } from "./bundle.mjs";

/** The modules that states name; one process may load both, and they share what it knows. */
const MODULES = ["execution", "scope"];

/**
 * Bundles the modules into a folder, in place of those that the compiler wrote there: each becomes a line that loads the one file.
 * @param {string} folder
 * @returns {Promise<string[]>} the folders of the packages whose code is in the file, relative to the root
 */
export async function bundleDynamicHost(folder) {
  const contents = MODULES.map((name) => `export * as ${name} from "./${name}";`).join("\n");
  const { packages } = await bundleFile(undefined, join(folder, "host.js"), {
    stdin: { contents, resolveDir: join(ROOT, "provider", "hosts", "dynamic"), loader: "ts" },
    alias: { yaml: YAML },
    // The package depends on undici, and other files load it too: a second copy would be a third of the file.
    external: ["@pulumi/pulumi", "undici"],
    // Names stay, so that a stack trace can be read without a map, which would be as long as the file.
    minify: false,
    minifySyntax: true,
    minifyWhitespace: true,
  });
  for (const name of MODULES) {
    await writeFile(join(folder, `${name}.js`), `"use strict";\nmodule.exports = require("./host").${name};\n`);
    await rm(join(folder, `${name}.js.map`), { force: true });
  }
  return packages;
}
