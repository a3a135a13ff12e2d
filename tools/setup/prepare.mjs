// @ts-check
/**
 * Bundles the command line. npm runs this after it has installed the packages of this folder. It also runs it before it
 * packs a Git repository, for example for pre-commit. `npm run build` builds the rest of the package.
 */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { ROOT } from "../project.mjs";
import { runMain, show } from "../run.mjs";

const hasBundler = () => existsSync(join(ROOT, "node_modules", "esbuild"));

await runMain(async () => {
  // With `npm install --global`, npm does not install the packages that this step needs, and passes its settings on.
  if (!hasBundler() && process.env.npm_config_global === "true") {
    const { npm_config_global: _global, npm_config_location: _location, npm_config_omit: _omit, ...env } = process.env;
    const code = await show("npm", ["ci", "--ignore-scripts", "--no-audit", "--no-fund"], { cwd: ROOT, env });
    if (code !== 0) return code;
  }
  // Without development dependencies, nothing can be built.
  return hasBundler() ? show(process.execPath, [join(ROOT, "tools", "bundle", "main.mjs"), "cli"], { cwd: ROOT }) : 0;
});
