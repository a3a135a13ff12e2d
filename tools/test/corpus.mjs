// @ts-check
/**
 * `npm run test:corpus`: compares us with Docker Compose on projects of public repositories, and prints a table. With `--up` it starts
 * three of them on real containers instead. Outside CI: it fetches the repositories once, and takes minutes.
 */
import { join } from "node:path";
import { checkNode, ROOT } from "../project.mjs";
import { runMain, show, ToolError } from "../run.mjs";
import { ensureCompose } from "../setup/docker.mjs";
import { runStandIns } from "./corpus-up.mjs";

await runMain(async () => {
  const unknown = process.argv.slice(2).filter((argument) => argument !== "--up");
  if (unknown.length > 0) throw new ToolError(`Unknown argument ${unknown.join(" ")}; there is --up.`);
  checkNode();
  const plugin = await ensureCompose(console.error);
  const tsc = join(ROOT, "node_modules", "typescript", "bin", "tsc");
  const project = join(ROOT, "tests", "corpus", "tsconfig.json");
  const built = await show(process.execPath, [tsc, "-p", project], { cwd: ROOT });
  if (built !== 0) return built;
  const run = (/** @type {string} */ name, /** @type {string[]} */ ...args) =>
    show(process.execPath, [join(ROOT, ".cache", "test-corpus", "tests", "corpus", `${name}.js`), ...args], {
      cwd: ROOT,
      env: { ...process.env, LYCEUM_TEST_COMPOSE_PLUGIN: plugin },
    });
  if (!process.argv.includes("--up")) return run("main");
  return runStandIns(async (into) => {
    if ((await run("stand-ins", into)) !== 0)
      throw new ToolError("The projects could not be written; the reason is above.");
  });
});
