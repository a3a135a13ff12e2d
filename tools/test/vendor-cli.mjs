// @ts-check
/**
 * `node tools/test/vendor-cli.mjs`: obtains the vendor's own CLI, unchanged, for the scenarios about it. One JSON line on
 * standard output says how to call it; where it cannot be had, standard error says why.
 */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { ROOT } from "../project.mjs";
import { capture, isExecutable, runMain, ToolError } from "../run.mjs";
import { cachePath, fillWhole } from "../setup/build-go.mjs";
import { findPython, makeVenv, pythonEnvironment } from "../setup/python.mjs";

const OLDEST_PYTHON = "3.11.0";

/**
 * @typedef {object} VendorCli
 * @property {readonly string[]} command what to call it with; its arguments follow
 * @property {string} version
 */

/**
 * The vendor's CLI in a virtual environment of its own under `<root>/.cache`: every archive is held to the hash in
 * `tools/vendor-cli/requirements.txt`, whichever package index the user's pip is set to.
 * @param {{ root: string, log: import("../run.mjs").Log }} options
 * @returns {Promise<VendorCli>}
 * @throws {ToolError} where there is no Python for it, or no way to the package index
 */
export async function ensureVendorCli({ root, log }) {
  const requirements = join(root, "tools", "vendor-cli", "requirements.txt");
  const version = /^lyceum-cli==(\S+)/m.exec(await readFile(requirements, "utf8"))?.[1] ?? "";
  const home = cachePath(root, `vendor-cli-${version}`);
  const cli = commandIn(home, version);
  if (await works(cli)) return cli;
  const python = await findPython(OLDEST_PYTHON);
  log(`Installing lyceum-cli ${version} into .cache/tools, once …`);
  await fillWhole(home, (unfinished) =>
    makeVenv({ python, folder: unfinished, requirements, what: `lyceum-cli ${version}` }),
  );
  if (await works(cli)) return cli;
  throw new ToolError(`The CLI in ${home} does not run. Delete that folder and run this again.`);
}

/**
 * @param {string} home
 * @param {string} version
 * @returns {VendorCli}
 */
function commandIn(home, version) {
  return { command: [join(home, "bin", "python"), join(home, "bin", "lyceum")], version };
}

/** @param {VendorCli} cli */
async function works({ command: [python, script], version }) {
  if (!python || !script || !(await isExecutable(script))) return false;
  const { code, stdout } = await capture(python, [script, "--version"], {
    env: pythonEnvironment(),
    timeoutMs: 30_000,
  });
  return code === 0 && stdout.trim() === `lyceum ${version}`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await runMain(async () => {
    console.log(JSON.stringify(await ensureVendorCli({ root: ROOT, log: (line) => console.error(line) })));
    return 0;
  });
}
