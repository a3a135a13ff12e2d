// @ts-check
/**
 * Bundles the command line. npm runs this script after installing the packages of this folder, and before packing a Git
 * repository, for example for pre-commit. `npm run build` builds the other parts of the package.
 */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../project.mjs";
import { runMain, show } from "../run.mjs";

const hasBundler = () => existsSync(join(ROOT, "node_modules", "esbuild"));

await runMain(async () => {
  // With `npm install --global`, npm does not install the packages that this step needs. npm also passes its settings
  // on, so this step removes them.
  if (!hasBundler() && process.env.npm_config_global === "true") {
    const { npm_config_global: _global, npm_config_location: _location, npm_config_omit: _omit, ...env } = process.env;
    const code = await show("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"], { cwd: ROOT, env });
    if (code !== 0) return code;
  }
  // Without the development dependencies, nothing is bundled.
  return hasBundler() ? show(process.execPath, [join(ROOT, "tools", "bundle", "main.mjs"), "cli"], { cwd: ROOT }) : 0;
});
