// @ts-check
import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { isAtLeast, whyInstall } from "./decisions.cjs";
import { show, ToolError } from "./run.mjs";

export const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));

const OLDEST_NODE = "20.18.1";

export function checkNode() {
  if (!isAtLeast(process.versions.node, OLDEST_NODE)) {
    throw new ToolError(`Node ${OLDEST_NODE} or later is needed, this is ${process.versions.node}: https://nodejs.org`);
  }
}

/**
 * Installs the packages if they differ from package-lock.json, and then compiles the repository.
 * @param {import("./run.mjs").Log} log
 */
export async function installAndBuild(log) {
  const installed = join(ROOT, "node_modules", ".package-lock.json");
  const why = whyInstall(
    await readFile(join(ROOT, "package-lock.json"), "utf8"),
    existsSync(installed) ? await readFile(installed, "utf8") : undefined,
  );
  if (why) {
    log(`Installing packages (${why}) …`);
    // The build below does what the scripts of all packages do. npm would print each script.
    await npm("ci", "--ignore-scripts", "--no-audit", "--no-fund");
  }
  log("Building …");
  await npm("run", "--silent", "build");
}

/** @param {string[]} args */
async function npm(...args) {
  const code = await show("npm", args, { cwd: ROOT });
  if (code !== 0) throw new ToolError(`npm ${args.join(" ")} failed with exit code ${code}. Its output is above.`);
}
