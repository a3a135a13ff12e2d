// @ts-check
import { mkdir, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { ROOT } from "../../tools/project.mjs";
import { capture, ToolError } from "../../tools/run.mjs";
import { ensureVendorCli } from "../../tools/vendor-cli.mjs";
import { timed } from "../command.mjs";
import { observedExecutions } from "../control.mjs";
import { alternatingPairs, ratio, single } from "../figures.mjs";
import { makeStack, QUIET } from "../stack.mjs";
import { withEmulator } from "../workspace.mjs";

const { composeText } = createRequire(import.meta.url)("../programs/compose-text.cjs");
const COUNT = 100;
const LINES = 30;
/** `xargs -P`: commands of the vendor's CLI at once. */
const AT_ONCE = 8;

/**
 * An `up` of 100 executions over 100 detached starts of the same texts by the vendor's own CLI. Each side of each pair
 * has an emulator of its own on empty data.
 * @type {import("../main.mjs").Measurement}
 */
export const overVendorCli = {
  name: "vendor",
  measure: async (workspace, { pairs }) => {
    const vendor = await obtain(workspace);
    if (vendor === undefined) return [];
    const measured = await alternatingPairs(pairs, (side, pair) =>
      withEmulator(workspace, async (emulator) => {
        const name = `vendor-${side}-${pair}`;
        const seconds =
          side === "ours"
            ? await ourUp(workspace, name, emulator)
            : await theirStarts(workspace, name, emulator, vendor);
        const started = (await observedExecutions(emulator)).length;
        if (started !== COUNT) throw new ToolError(`${name}: ${started} runs were started, not ${COUNT}.`);
        workspace.log(`  ${name}: ${seconds.toFixed(2)} s`);
        return seconds;
      }),
    );
    const what = `${COUNT} detached starts by the vendor's CLI, ${AT_ONCE} at once`;
    return [
      ratio(
        `up of ${COUNT} executions of ${LINES} lines / ${what}`,
        measured.map(({ ours, baseline }) => /** @type {const} */ ([ours, baseline])),
        0.25,
      ),
      single(
        what,
        measured.map(({ baseline }) => baseline),
        "s",
      ),
    ];
  },
};

/**
 * What to call the vendor's CLI with. Called once, so that the first of 100 starts does not pay for Python's compiling.
 * @param {import("../workspace.mjs").Workspace} workspace
 * @returns {Promise<readonly string[] | undefined>} undefined: it cannot be had
 */
async function obtain({ log }) {
  try {
    const { command } = await ensureVendorCli({ root: ROOT, log });
    const [file = "", ...args] = command;
    await capture(file, [...args, "compose", "run", "--help"], { timeoutMs: 60_000 });
    return command;
  } catch (error) {
    if (!(error instanceof ToolError)) throw error;
    log(`  left out: ${error.message}`);
    return undefined;
  }
}

/**
 * @param {import("../workspace.mjs").Workspace} workspace
 * @param {string} name
 * @param {import("../workspace.mjs").BenchEmulator} emulator
 */
async function ourUp(workspace, name, emulator) {
  const settings = { count: COUNT, lines: LINES, ...QUIET };
  return (await (await makeStack(workspace, { name, program: "executions", settings, emulator })).up()).seconds;
}

/**
 * @param {import("../workspace.mjs").Workspace} workspace
 * @param {string} name
 * @param {import("../workspace.mjs").BenchEmulator} emulator
 * @param {readonly string[]} vendor what to call it with
 */
async function theirStarts(workspace, name, emulator, vendor) {
  const home = join(workspace.dir, name);
  await mkdir(join(home, ".lyceum"), { recursive: true });
  const login = { api_key: emulator.apiKey, base_url: new URL(emulator.url).origin };
  await writeFile(join(home, ".lyceum", "config.json"), JSON.stringify(login));
  const files = Array.from({ length: COUNT }, (_, index) => join(home, `compose-${index}.yaml`));
  for (const [index, file] of files.entries()) {
    await writeFile(file, composeText({ lines: LINES, index, runSeconds: QUIET.runSeconds }));
  }
  const start = [...vendor, "compose", "run", "--detach", "--machine", "cpu", "--timeout", "600"];
  const { seconds } = await timed("xargs", ["-P", String(AT_ONCE), "-n", "1", ...start], {
    cwd: home,
    env: { PATH: process.env.PATH, HOME: home, LANG: "C.UTF-8" },
    input: `${files.join("\n")}\n`,
  });
  return seconds;
}
