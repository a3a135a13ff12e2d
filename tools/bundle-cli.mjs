// @ts-check
/** Makes `dist/cli/`: the command line, and the licenses of what is in it. */
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { licenseTexts } from "./bundle.mjs";
import { bundleCommandLine } from "./cli-bundle.mjs";
import { ROOT } from "./project.mjs";

const folder = join(ROOT, "dist", "cli");
const packages = await bundleCommandLine(folder);
await writeFile(join(folder, "LICENSES.txt"), await licenseTexts(packages));
