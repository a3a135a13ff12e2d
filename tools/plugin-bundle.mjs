// @ts-check
/** The provider plugin and all that it needs in one file, which Node runs without any package. */
import { chmod, mkdir, readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { build } from "esbuild";
import { ROOT } from "./project.mjs";

/** Name of the file: what Pulumi looks for in the folder of a plugin. */
export const PLUGIN_FILE = "pulumi-resource-lyceum";

/**
 * Bundles the plugin. The same source gives the same bytes, in whatever folder.
 * @param {string} target the file
 * @returns {Promise<{ version: string, packages: string[] }>} the folders of the packages whose code is in the file, relative to the root
 */
export async function bundlePlugin(target) {
  await mkdir(dirname(target), { recursive: true });
  const { version } = JSON.parse(await readFile(join(ROOT, "package.json"), "utf8"));
  const { metafile } = await build({
    absWorkingDir: ROOT,
    entryPoints: ["provider/hosts/plugin/main.ts"],
    outfile: target,
    bundle: true,
    platform: "node",
    target: "node20.18",
    format: "cjs",
    minify: true,
    keepNames: true,
    legalComments: "none",
    banner: { js: "#!/usr/bin/env node" },
    define: { PULUMI_LYCEUM_VERSION: JSON.stringify(version) },
    metafile: true,
    logLevel: "warning",
  });
  await chmod(target, 0o755);
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
 * The licenses of the packages whose code is in the file.
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
