// @ts-check
/** Makes `bin/`: the provider plugin as one file, and the licenses of what is in it. */
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { licenseTexts } from "./bundle.mjs";
import { bundlePlugin, PLUGIN_FILE } from "./plugin-bundle.mjs";
import { ROOT } from "./project.mjs";

const { packages } = await bundlePlugin(join(ROOT, "bin", PLUGIN_FILE));
await writeFile(join(ROOT, "bin", "LICENSES.txt"), await licenseTexts(packages));
