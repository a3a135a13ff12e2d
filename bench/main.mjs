// @ts-check
/** `npm run bench`: measures what the provider costs, as a table and as `bench/results.json`. No part of the tests. */
import { readFile, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { checkNode, installAndBuild, ROOT } from "../tools/project.mjs";
import { ensurePulumiCli } from "../tools/pulumi-cli.mjs";
import { runMain, ToolError } from "../tools/run.mjs";
import { load, table } from "./figures.mjs";
import { measurements } from "./measurements/index.mjs";
import { takeTemplate } from "./template.mjs";
import { leaveWorkspace, makeWorkspace } from "./workspace.mjs";

/**
 * @typedef {object} Measurement
 * @property {string} name what `--only` takes
 * @property {(workspace: import("./workspace.mjs").Workspace, context: Context) => Promise<import("./figures.mjs").Figure[]>} measure
 */

/** @typedef {{ pairs: number, template: import("./template.mjs").Template }} Context */

const USAGE = `Usage: npm run bench -- [options]

  --only NAME     measure this alone (may be given several times, and as the beginning of a name):
                  ${measurements.map(({ name }) => name).join(", ")}
  --pairs N       pairs of a ratio, 1 to 99 (5)
  --package DIR   measure the built package in this folder instead of building this one
  --keep          leave the folder of this run in .cache/bench
  --help          this text

A full run takes about half an hour on two cores. Nothing else should run meanwhile.`;

const RESULTS = join(ROOT, "bench", "results.json");
const log = (/** @type {string} */ line) => console.log(line);

await runMain(async () => {
  const { values } = parseArgs({
    options: {
      only: { type: "string", multiple: true },
      pairs: { type: "string", default: "5" },
      package: { type: "string" },
      keep: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) {
    log(USAGE);
    return 0;
  }
  const pairs = Number(values.pairs);
  if (!(Number.isInteger(pairs) && pairs >= 1 && pairs <= 99)) throw new ToolError(USAGE);
  const only = values.only ?? [""];
  const isMeant = (/** @type {string} */ given, /** @type {string} */ name) =>
    measurements.some((measurement) => measurement.name === given) ? name === given : name.startsWith(given);
  const chosen = measurements.filter(({ name }) => only.some((given) => isMeant(given, name)));
  if (chosen.length === 0) throw new ToolError(USAGE);

  checkNode();
  if (values.package === undefined) await installAndBuild(log);
  const cli = await ensurePulumiCli({ root: ROOT, log });
  const workspace = await makeWorkspace({ cli, packageRoot: resolve(values.package ?? ROOT), log });
  /** @type {import("./figures.mjs").Figure[]} */
  const figures = [];
  try {
    const template = await takeTemplate(workspace);
    for (const { name, measure } of chosen) {
      log(`${name} … (load ${load()})`);
      figures.push(...(await measure(workspace, { pairs, template })));
    }
  } finally {
    if (figures.length > 0) await keepResults(figures);
    if (!values.keep) await leaveWorkspace(workspace);
  }
  log(`\n${table(figures)}\n\nThe raw values are in bench/results.json.`);
  return 0;
});

/**
 * Writes the figures; those that were not measured this time stay as they are.
 * @param {import("./figures.mjs").Figure[]} figures
 */
async function keepResults(figures) {
  /** @type {import("./figures.mjs").Figure[]} */
  const before = JSON.parse(await readFile(RESULTS, "utf8").catch(() => "[]"));
  const now = new Map(figures.map((figure) => [figure.name, figure]));
  const kept = before.map((figure) => now.get(figure.name) ?? figure);
  const added = figures.filter(({ name }) => !before.some((figure) => figure.name === name));
  const lines = [...kept, ...added].map((figure) => `  ${JSON.stringify(figure)}`);
  await writeFile(RESULTS, `[\n${lines.join(",\n")}\n]\n`);
}
