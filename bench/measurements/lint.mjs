// @ts-check
import { existsSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { ROOT } from "../../tools/project.mjs";
import { capture, ToolError, tail } from "../../tools/run.mjs";
import { fillWhole } from "../../tools/setup/build-go.mjs";
import { alternatingPairs, ratio } from "../figures.mjs";
import { largeText } from "../large-text.mjs";
import { timed } from "../processes.mjs";

const DCLINT = "dclint@3.1.0";
const FILES = 299;
const LINES = 70;

/**
 * `pulumi-lyceum check` of many files in one process, compared with `dclint`, another linter in JavaScript, on the same
 * files.
 * @type {import("../main.mjs").Measurement}
 */
export const lint = {
  name: "lint",
  measure: async ({ dir, packageDir, log }, { pairs, small }) => {
    const dclint = await ensureDclint(log);
    const folder = join(dir, "linted");
    for (let variant = 0; variant < (small ? 3 : FILES); variant += 1) {
      await mkdir(join(folder, `project-${variant}`), { recursive: true });
      // dclint refuses a port without an address.
      const text = largeText(LINES, variant).replace(/"2(?=\d{4}:)/g, '"127.0.0.1:2');
      await writeFile(join(folder, `project-${variant}`, "compose.yaml"), text);
    }
    const args = {
      ours: [join(packageDir, "dist", "cli", "main.js"), "check", join(folder, "*", "compose.yaml")],
      baseline: [dclint, "--recursive", "--quiet", folder],
    };
    const measured = await alternatingPairs(pairs, (side) => timed(process.execPath, args[side]));
    const name = `\`pulumi-lyceum check\` of ${FILES} files in one process / \`dclint\` of the same files`;
    return [
      ratio(name, measured, ({ seconds }) => seconds, 0.2),
      ratio(`the same, CPU (${FILES} files)`, measured, ({ cpuSeconds }) => cpuSeconds),
    ];
  },
};

/**
 * Returns the program of dclint. It is not a dependency, because only this row uses it: npm installs it into `.cache`.
 * @param {import("../../tools/run.mjs").Log} log
 */
async function ensureDclint(log) {
  const folder = join(ROOT, ".cache", "tools", DCLINT.replace("@", "-"));
  if (!existsSync(folder)) {
    log(`Installing ${DCLINT} …`);
    await fillWhole(folder, async (unfinished) => {
      await writeFile(join(unfinished, "package.json"), JSON.stringify({ private: true }));
      const args = ["install", DCLINT, "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"];
      // The options of Node that the commands of the measurements have do not suit npm.
      const env = { ...process.env, NODE_OPTIONS: "" };
      const { code, stderr } = await capture("npm", args, { cwd: unfinished, env, timeoutMs: 5 * 60_000 });
      if (code !== 0) throw new ToolError(`npm cannot install ${DCLINT}: ${tail(stderr, 3)}`);
    });
  }
  return join(folder, "node_modules", "dclint", "bin", "dclint.cjs");
}
