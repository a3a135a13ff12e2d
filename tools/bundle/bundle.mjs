// @ts-check
/** Bundles code and the packages that it needs into one file. Node runs this file without any package. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { build } from "esbuild";
import { ROOT } from "../project.mjs";

/** The path of the `yaml` package as ES modules. With ES modules, the bundle contains only the code in use. */
export const YAML = join(ROOT, "node_modules", "yaml", "browser", "dist", "index.js");

/**
 * Bundles one module and everything that it loads into a file. The same source gives the same bytes in any folder.
 * @param {string | undefined} source the module that runs, relative to the root; undefined if `options` has its text
 * @param {string} target the file that is written
 * @param {import("esbuild").BuildOptions} [options] options in addition to those of every bundle
 * @returns {Promise<{ version: string, packages: string[] }>} the folders of the packages whose code is in the file,
 * relative to the root
 */
export async function bundleFile(source, target, options = {}) {
  const { version } = JSON.parse(await readFile(join(ROOT, "package.json"), "utf8"));
  const { metafile } = await build({
    absWorkingDir: ROOT,
    ...(source === undefined ? {} : { entryPoints: [source] }),
    outfile: target,
    bundle: true,
    platform: "node",
    target: "node20.18",
    format: "cjs",
    minify: true,
    legalComments: "none",
    logLevel: "warning",
    ...options,
    define: { PULUMI_LYCEUM_VERSION: JSON.stringify(version), ...options.define },
    metafile: true,
  });
  return { version, packages: packagesOf(Object.keys(metafile.inputs)) };
}

/** @param {readonly string[]} files */
function packagesOf(files) {
  const folders = new Set(
    files.flatMap((file) => {
      const found = /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(file);
      return found?.[1] === undefined ? [] : [found[1]];
    }),
  );
  return [...folders].sort();
}

/**
 * Returns the licenses of the packages whose code is in a bundle, as one text.
 * @param {readonly string[]} packages
 */
export async function licenseTexts(packages) {
  const texts = [];
  for (const folder of packages) {
    const { name, version, license } = JSON.parse(await readFile(join(ROOT, folder, "package.json"), "utf8"));
    const text = await firstOf(folder, ["LICENSE", "LICENSE.md", "LICENSE.txt", "LICENSE-MIT.txt", "license"]);
    texts.push(`${name} ${version} (${license})\n\n${text ?? `License: ${license}`}\n`);
  }
  return texts.join("\n----------------------------------------\n\n");
}

/**
 * @param {string} folder
 * @param {readonly string[]} names
 */
async function firstOf(folder, names) {
  for (const name of names) {
    const text = await readFile(join(ROOT, folder, name), "utf8").catch(() => undefined);
    if (text !== undefined) return text;
  }
  return undefined;
}
