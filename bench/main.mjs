// @ts-check
/** `npm run bench` writes what the provider costs into `bench/results.json` and the performance page. */
import { execFileSync } from "node:child_process";
import { readFile, rm, writeFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { checkNode, installAndBuild, ROOT } from "../tools/project.mjs";
import { runMain, ToolError } from "../tools/run.mjs";
import { ensurePulumiCli } from "../tools/setup/pulumi-cli.mjs";
import { lineOf, load } from "./figures.mjs";
import { startOfCheck } from "./measurements/check.mjs";
import { unchangedFiles } from "./measurements/files.mjs";
import { lint } from "./measurements/lint.mjs";
import { previewOverPulumi } from "./measurements/preview.mjs";
import { uploadMemory, uploads } from "./measurements/transfer.mjs";
import { upOverNoOp, upThroughPlugin } from "./measurements/up.mjs";
import { validation } from "./measurements/validate.mjs";
import { waiting } from "./measurements/waiting.mjs";
import page from "./page.cjs";
import { takeTemplate } from "./template.mjs";
import { makeWorkspace } from "./workspace.mjs";

/** All measurements, in their order. */
const measurements = [
  upOverNoOp(30),
  upOverNoOp(300),
  upThroughPlugin,
  startOfCheck,
  validation,
  lint,
  previewOverPulumi,
  unchangedFiles,
  uploads,
  uploadMemory,
  waiting,
];

/**
 * @typedef {object} Measurement
 * @property {string} name what `--only` takes
 * @property {(workspace: import("./workspace.mjs").Workspace, context: Context) => Promise<import("./figures.mjs").Figure[]>} measure
 */

/**
 * @typedef {object} Context
 * @property {number} pairs
 * @property {boolean} small sizes that only show that it can be measured
 * @property {import("./template.mjs").Template} template
 */

const USAGE = `Usage: npm run bench -- [options]

  --only NAME     measure this alone (may be given several times, and as the first words of a name):
                  ${measurements.map(({ name }) => name).join(", ")}
  --pairs N       pairs of a ratio, 1 to 99 (5)
  --package DIR   measure the built package in this folder instead of building this one
  --small         sizes that only show that each row can be measured: the figures mean nothing, and none is kept
  --help          this text

A full run takes about a quarter of an hour on two cores. Nothing else should run meanwhile.`;

const RESULTS = join(ROOT, "bench", "results.json");
const PAGE = join(ROOT, "docs", "explanation", "performance.md");
const log = (/** @type {string} */ line) => console.log(line);

await runMain(async () => {
  const { values } = parseArgs({
    options: {
      only: { type: "string", multiple: true },
      pairs: { type: "string", default: "5" },
      package: { type: "string" },
      small: { type: "boolean", default: false },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) {
    log(USAGE);
    return 0;
  }
  const { small } = values;
  const pairs = Number(values.pairs);
  if (!(Number.isInteger(pairs) && pairs >= 1 && pairs <= 99)) throw new ToolError(USAGE);
  const chosen = measurements.filter(
    ({ name }) => values.only?.some((given) => `${name}-`.startsWith(`${given}-`)) ?? true,
  );
  if (chosen.length === 0) throw new ToolError(USAGE);

  checkNode();
  if (values.package === undefined) await installAndBuild(log);
  const cli = await ensurePulumiCli(log);
  const workspace = await makeWorkspace({ cli, packageRoot: resolve(values.package ?? ROOT), log });
  /** @type {import("./page.cjs").Result[]} */
  const results = [];
  const measured = { date: new Date().toISOString().slice(0, 10), commit: commit() };
  try {
    const template = await takeTemplate(workspace);
    for (const { name, measure } of chosen) {
      const before = load();
      log(`${name} … (load ${before})`);
      const figures = await measure(workspace, { pairs, small, template });
      for (const figure of figures) log(lineOf(figure));
      results.push(...figures.map((figure) => ({ row: name, ...figure, ...measured, load: before })));
    }
  } finally {
    if (!small && results.length > 0) await keepResults(results);
    await rm(workspace.dir, { recursive: true, force: true });
  }
  log(small ? "Measured, and not kept." : "The raw values are in bench/results.json.");
  return 0;
});

/** The measured commit; with a plus when there are uncommitted changes. */
function commit() {
  try {
    const git = (/** @type {string[]} */ ...args) => execFileSync("git", args, { cwd: ROOT, encoding: "utf8" }).trim();
    const changed = git("status", "--porcelain", "--untracked-files=no", "--", ".", ":!bench/results.json", ":!docs");
    return `${git("rev-parse", "--short=7", "HEAD")}${changed === "" ? "" : "+"}`;
  } catch {
    return "no commit";
  }
}

/** @param {import("./page.cjs").Result[]} results */
async function keepResults(results) {
  const before = JSON.parse(await readFile(RESULTS, "utf8").catch(() => "[]"));
  const all = page.withNew(
    before,
    results,
    measurements.map(({ name }) => name),
  );
  await writeFile(RESULTS, `[\n${all.map((result) => `  ${JSON.stringify(result)}`).join(",\n")}\n]\n`);
  await writeFile(PAGE, page.pageWith(await readFile(PAGE, "utf8"), all));
}
