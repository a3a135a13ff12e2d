// @ts-check
/**
 * `npm run check:package`: validates the package as it would be published (it has to be built), with publint and with
 * "Are the types wrong?".
 */
import { join } from "node:path";
import { ROOT } from "../project.mjs";
import { runMain, show } from "../run.mjs";

/** Everything that attw is told to ignore, each with its reason. */
const ATTW_EXCEPTIONS = [
  // No program imports these two: the engine requires them by the name that states record, and Node resolves that name by
  // `exports`. Only resolution by folders (`node10`), which knows no `exports`, would not find them.
  "--exclude-entrypoints",
  "./dynamic",
  "./dynamic/scope",
];

const CHECKS = [
  ["publint", "--strict"],
  ["attw", "--pack", ".", "--no-emoji", "--no-color", ...ATTW_EXCEPTIONS],
];

// They pack the package, and npm would bundle the command line again: it is built.
const env = { ...process.env, npm_config_ignore_scripts: "true" };

await runMain(async () => {
  let worst = 0;
  for (const [name = "", ...args] of CHECKS) {
    worst = Math.max(worst, await show(join(ROOT, "node_modules", ".bin", name), args, { cwd: ROOT, env }));
  }
  return worst;
});
