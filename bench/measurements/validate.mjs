// @ts-check
import { mkdir, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { ToolError } from "../../tools/run.mjs";
import { ensureCompose } from "../../tools/setup/docker.mjs";
import { alternatingPairs, median, ratio } from "../figures.mjs";
import { largeText } from "../large-text.mjs";
import { timed } from "../processes.mjs";

const LINES = 300;
/** Texts for one value. With a single one, garbage collection would decide the value. */
const TEXTS = 21;
/** Rounds until the JavaScript engine has compiled the code. */
const WARM_ROUNDS = 12;
/** A pair only takes a fifth of a second, so there are more of them. */
const TIMES_AS_MANY_PAIRS = 3;

/**
 * Validating a text in a warm process, compared with the real `docker compose config` on the same text.
 * @type {import("../main.mjs").Measurement}
 */
export const validation = {
  name: "validate",
  measure: async (workspace, { pairs, small }) => {
    const plugin = await ensureCompose(workspace.log);
    const validate = validatorOf(workspace, small ? 3 : TEXTS);
    for (let round = 0; round < (small ? 1 : WARM_ROUNDS); round += 1) validate();
    const dir = join(workspace.dir, "validated");
    await mkdir(dir);
    await writeFile(join(dir, "compose.yaml"), largeText(LINES, 0));
    const env = { PATH: process.env.PATH, DOCKER_CONFIG: dir };
    const measured = await alternatingPairs(TIMES_AS_MANY_PAIRS * pairs, async (side) =>
      side === "ours" ? validate() : (await timed(plugin, ["config", "-q"], { cwd: dir, env })).seconds * 1000,
    );
    const name = `validating ${LINES} lines in a running process / starting \`docker compose config -q\` for these lines`;
    return [ratio(name, measured, (milliseconds) => milliseconds, 0.1)];
  },
};

/**
 * The median of the milliseconds that the package takes for one text. No text is used twice.
 * @param {import("../workspace.mjs").Workspace} workspace
 * @param {number} count
 * @returns {() => number}
 */
function validatorOf({ packageDir }, count) {
  const file = join(packageDir, "dist", "compose", "index.js");
  const { validateCompose } = createRequire(import.meta.url)(file);
  let variant = 0;
  return () => {
    const texts = Array.from({ length: count }, () => largeText(LINES, variant++));
    const times = texts.map((text) => {
      const begun = performance.now();
      const { diagnostics } = validateCompose(text);
      const took = performance.now() - begun;
      if (diagnostics.length > 0) throw new ToolError(`The text: ${JSON.stringify(diagnostics[0])}`);
      return took;
    });
    return median(times);
  };
}
