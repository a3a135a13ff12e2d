// @ts-check
/**
 * `npm run test:corpus` compares this package with Docker Compose on projects of public repositories, and prints a
 * table. With `--newest`, it compares with the newest release of Docker Compose. CI does not run this command, because
 * it fetches the repositories once and takes minutes.
 */
import { join } from "node:path";
import { checkNode, ROOT } from "../project.mjs";
import { runMain, show } from "../run.mjs";
import { ensureCompose, ensureNewestCompose } from "../setup/docker.mjs";

await runMain(async () => {
  checkNode();
  const newest = process.argv.includes("--newest");
  const plugin = await (newest ? ensureNewestCompose(console.error) : ensureCompose(console.error));
  const tsc = join(ROOT, "node_modules", "typescript", "bin", "tsc");
  const project = join(ROOT, "tests", "corpus", "tsconfig.json");
  const built = await show(process.execPath, [tsc, "-p", project], { cwd: ROOT });
  if (built !== 0) return built;
  return show(
    process.execPath,
    [join(ROOT, ".cache", "test-corpus", "tests", "corpus", "main.js"), ...(newest ? ["--newest"] : [])],
    {
      cwd: ROOT,
      env: { ...process.env, [newest ? "LYCEUM_TEST_NEWEST_COMPOSE" : "LYCEUM_TEST_COMPOSE_PLUGIN"]: plugin },
    },
  );
});
