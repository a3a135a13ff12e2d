// @ts-check
import { mkdir, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { performance } from "node:perf_hooks";
import { ensureCompose } from "../../tools/docker.mjs";
import { ROOT } from "../../tools/project.mjs";
import { ToolError } from "../../tools/run.mjs";
import { timed } from "../command.mjs";
import { alternatingPairs, median, ratio, single } from "../figures.mjs";
import { largeText } from "../large-text.mjs";

const LINES = 300;
/** Texts for one value: one alone would be a matter of the garbage collector's. Of long ones, fewer. */
const MOST_TEXTS = 21;
const MOST_LINES = 40_000;
/** Until then the engine is still compiling: the first hundred thousand lines take twice as long as those after them. */
const WARM_ROUNDS = 4;
/** A pair takes a fifth of a second, so that there may be many of them. */
const PAIRS_WITH_COMPOSE = 3;
const SHORT = 100;
const LONG = [1000, 10_000];

/**
 * What it takes to validate a text in a process that is warm: the time over that of asking the real `docker compose
 * config` whether it has anything against the same text, and how the processor's work grows with the length of the
 * text. That counts the garbage collector's, too, and little of what the machine does besides.
 * @type {import("../main.mjs").Measurement}
 */
export const validation = {
  name: "validate",
  measure: async (workspace, { pairs }) => {
    const validate = validatorOf(workspace);
    for (let round = 0; round < WARM_ROUNDS; round += 1) for (const lines of [LINES, SHORT, ...LONG]) validate(lines);
    return [...(await overCompose(workspace, pairs, validate)), ...(await growth(pairs, validate))];
  },
};

/** @typedef {(lines: number) => { milliseconds: number, cpuMicroseconds: number }} Validator median time, and mean work, of one text */

/**
 * Times the validation of the package that is measured. No text comes twice.
 * @param {import("../workspace.mjs").Workspace} workspace
 * @returns {Validator}
 */
function validatorOf({ packageDir }) {
  const file = join(packageDir, "dist", "provider", "compose", "index.js");
  const { validateCompose } = createRequire(import.meta.url)(file);
  let variant = 0;
  return (lines) => {
    const count = Math.min(MOST_TEXTS, Math.floor(MOST_LINES / lines));
    const texts = Array.from({ length: count }, () => largeText(lines, variant++));
    const before = process.cpuUsage();
    const times = texts.map((text) => {
      const begun = performance.now();
      const { diagnostics } = validateCompose(text);
      const took = performance.now() - begun;
      if (diagnostics.length > 0) throw new ToolError(`The text of ${lines} lines: ${JSON.stringify(diagnostics[0])}`);
      return took;
    });
    const { user, system } = process.cpuUsage(before);
    return { milliseconds: median(times), cpuMicroseconds: (user + system) / count };
  };
}

/**
 * @param {import("../workspace.mjs").Workspace} workspace
 * @param {number} pairs
 * @param {Validator} validate
 */
async function overCompose(workspace, pairs, validate) {
  const plugin = await obtain(workspace);
  if (plugin === undefined) return [];
  const dir = join(workspace.dir, "validated");
  await mkdir(dir);
  await writeFile(join(dir, "compose.yaml"), largeText(LINES, 0));
  const env = { PATH: process.env.PATH, DOCKER_CONFIG: dir };
  const measured = await alternatingPairs(PAIRS_WITH_COMPOSE * pairs, async (side) =>
    side === "ours"
      ? validate(LINES).milliseconds
      : (await timed(plugin, ["config", "-q"], { cwd: dir, env })).seconds * 1000,
  );
  const what = `\`docker compose config -q\` on ${LINES} lines`;
  return [
    ratio(
      `validating ${LINES} lines / spawning ${what}`,
      measured.map(({ ours, baseline }) => /** @type {const} */ ([ours, baseline])),
      0.1,
    ),
    single(
      `validating ${LINES} lines`,
      measured.map(({ ours }) => ours),
      "ms",
    ),
    single(
      `spawning ${what}`,
      measured.map(({ baseline }) => baseline),
      "ms",
    ),
  ];
}

/**
 * @param {import("../workspace.mjs").Workspace} workspace
 * @returns {Promise<string | undefined>} undefined: it cannot be had
 */
async function obtain({ log }) {
  try {
    return (await ensureCompose({ root: ROOT, log })).plugin;
  } catch (error) {
    if (!(error instanceof ToolError)) throw error;
    log(`  left out: ${error.message}`);
    return undefined;
  }
}

/**
 * @param {number} pairs
 * @param {Validator} validate
 */
async function growth(pairs, validate) {
  const figures = [];
  for (const lines of LONG) {
    const perLine = await alternatingPairs(pairs, async (side) => {
      const length = side === "ours" ? lines : SHORT;
      return validate(length).cpuMicroseconds / length;
    });
    figures.push(
      ratio(
        `validating: CPU of a line, of ${lines} lines / of ${SHORT}`,
        perLine.map(({ ours, baseline }) => /** @type {const} */ ([ours, baseline])),
        1.75,
      ),
    );
  }
  return figures;
}
