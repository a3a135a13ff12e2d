// @ts-check
/**
 * What npm runs after it has installed the packages of this folder, and before it packs a Git repository, as pre-commit has it do:
 * bundles the command line. The rest of the package is built by `npm run build`.
 */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../project.mjs";
import { runMain, show } from "../run.mjs";

const hasBundler = () => existsSync(join(ROOT, "node_modules", "esbuild"));

await runMain(async () => {
  // For `npm install --global`, npm leaves out what is needed to prepare the package, and hands its settings on.
  if (!hasBundler() && process.env.npm_config_global === "true") {
    const { npm_config_global: _global, npm_config_location: _location, npm_config_omit: _omit, ...env } = process.env;
    const code = await show("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"], { cwd: ROOT, env });
    if (code !== 0) return code;
  }
  // An installation without development dependencies has nothing to build.
  return hasBundler() ? show(process.execPath, [join(ROOT, "tools", "bundle", "main.mjs"), "cli"], { cwd: ROOT }) : 0;
});
