// @ts-check
/**
 * `node tools/vendor-cli.mjs`: obtains the vendor's own CLI, unchanged, for the scenarios about it. One JSON line on
 * standard output says how to call it; where it cannot be had, standard error says why.
 */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { cachePath, fillWhole } from "./build-go.mjs";
import { isAtLeast } from "./decisions.cjs";
import { ROOT } from "./project.mjs";
import { capture, findOnPath, isExecutable, runMain, ToolError, tail } from "./run.mjs";

const OLDEST_PYTHON = "3.11.0";

/** `python3` first: it is the one that the user means. */
const PYTHONS = ["python3", "python3.14", "python3.13", "python3.12", "python3.11", "python"];

/**
 * @typedef {object} VendorCli
 * @property {readonly string[]} command what to call it with; its arguments follow
 * @property {string} version
 */

/**
 * The vendor's CLI in a virtual environment of its own under `<root>/.cache`: every archive is held to the hash in
 * `tools/vendor-cli/requirements.txt`, whichever package index the user's pip is set to.
 * @param {{ root: string, log: import("./run.mjs").Log }} options
 * @returns {Promise<VendorCli>}
 * @throws {ToolError} where there is no Python for it, or no way to the package index
 */
export async function ensureVendorCli({ root, log }) {
  const requirements = join(root, "tools", "vendor-cli", "requirements.txt");
  const version = /^lyceum-cli==(\S+)/m.exec(await readFile(requirements, "utf8"))?.[1] ?? "";
  const home = cachePath(root, `vendor-cli-${version}`);
  const cli = commandIn(home, version);
  if (await works(cli)) return cli;
  const python = await findPython();
  log(`Installing lyceum-cli ${version} into .cache/tools, once …`);
  await fillWhole(home, async (unfinished) => {
    // A virtual environment may be renamed as long as it is called by its Python: only its scripts' first lines are stale.
    await step(python, ["-m", "venv", unfinished], "a virtual environment cannot be made");
    const { command } = commandIn(unfinished, version);
    const install = ["-m", "pip", "install", "--quiet", "--no-input", "--disable-pip-version-check", "--retries", "2"];
    const held = ["--require-hashes", "--only-binary", ":all:", "--requirement", requirements];
    await step(String(command[0]), [...install, ...held], `pip cannot install lyceum-cli ${version}`);
  });
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

/** @returns {Promise<string>} */
async function findPython() {
  const visited = [];
  for (const name of PYTHONS) {
    const python = await findOnPath(name);
    if (!python) continue;
    const ask = "import platform, venv, ensurepip; print(platform.python_version())";
    const { code, stdout } = await capture(python, ["-c", ask], { env: pythonEnvironment(), timeoutMs: 30_000 });
    if (code === 0 && isAtLeast(stdout.trim(), OLDEST_PYTHON)) return python;
    visited.push(code === 0 ? `${name} is ${stdout.trim()}` : `${name} has no venv`);
  }
  const why = visited.length === 0 ? "" : ` (${visited.join(", ")})`;
  throw new ToolError(`there is no Python 3.11 or later with venv on PATH${why}`);
}

/**
 * @param {string} command
 * @param {string[]} args
 * @param {string} failure
 */
async function step(command, args, failure) {
  const { code, stdout, stderr } = await capture(command, args, { env: pythonEnvironment(), timeoutMs: 5 * 60_000 });
  if (code !== 0) throw new ToolError(`${failure}: ${tail(stderr || stdout, 1)}`);
}

/** The user's own, less what would make Python look, or pip write, elsewhere. */
function pythonEnvironment() {
  const { PYTHONHOME, PYTHONPATH, PIP_USER, PIP_TARGET, PIP_PREFIX, PIP_NO_BINARY, ...rest } = process.env;
  return { ...rest, PYTHONNOUSERSITE: "1" };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await runMain(async () => {
    console.log(JSON.stringify(await ensureVendorCli({ root: ROOT, log: (line) => console.error(line) })));
    return 0;
  });
}
