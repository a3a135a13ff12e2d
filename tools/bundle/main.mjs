// @ts-check
/** `node tools/bundle/main.mjs [cli|dynamic|plugin]…`: makes the files that are bundled, all without a name, each with the licenses of what is in it. */
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { ROOT } from "../project.mjs";
import { licenseTexts } from "./bundle.mjs";
import { bundleCommandLine } from "./cli-bundle.mjs";
import { bundleDynamicHost } from "./dynamic-bundle.mjs";
import { bundlePlugin, PLUGIN_FILE } from "./plugin-bundle.mjs";

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
