// @ts-check
/**
 * `npm run secrets` measures which secrets the provider finds in the corpus of `provider/secrets/testing`, and prints a
 * table. `--details` lists the secrets that the provider does not find, and the ordinary texts that it takes for
 * secrets. `--write` writes the table into `docs/explanation/secrets.md`.
 */
import { join } from "node:path";
import { checkNode, ROOT } from "../project.mjs";
import { runMain, show } from "../run.mjs";

await runMain(async () => {
  checkNode();
  const tsc = join(ROOT, "node_modules", "typescript", "bin", "tsc");
  const folder = ["provider", "secrets", "testing"];
  const built = await show(process.execPath, [tsc, "-p", join(ROOT, ...folder, "tsconfig.json")], { cwd: ROOT });
  if (built !== 0) return built;
  const main = join(ROOT, ".cache", "secrets", ...folder, "main.js");
  return show(process.execPath, [main, ...process.argv.slice(2)], { cwd: ROOT });
});
