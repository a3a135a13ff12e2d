// @ts-check
/** Bundles the provider plugin and everything that it needs into one file. Node runs this file without any package. */
import { chmod, mkdir } from "node:fs/promises";
import { dirname } from "node:path";
import { bundleFile } from "./bundle.mjs";

/** The name of the program that Pulumi starts in the folder of a plugin. */
export const PLUGIN_FILE = "pulumi-resource-lyceum";

/**
 * Bundles the plugin.
 * @param {string} target the file
 * @returns {Promise<{ version: string, packages: string[] }>} the folders of the packages whose code is in the file,
 *   relative to the root
 */
export async function bundlePlugin(target) {
  await mkdir(dirname(target), { recursive: true });
  const bundled = await bundleFile("provider/hosts/plugin/main.ts", target, {
    keepNames: true,
    banner: { js: "#!/usr/bin/env node" },
  });
  await chmod(target, 0o755);
  return bundled;
}
