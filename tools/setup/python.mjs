// @ts-check
import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { isAtLeast } from "../decisions.cjs";
import { ROOT } from "../project.mjs";
import { capture, findOnPath, isExecutable, ToolError, tail } from "../run.mjs";
import { cachePath, fillWhole } from "./build-go.mjs";

/** The names of the Python program. `python3` comes first, because it is the user's choice. */
const PYTHONS = ["python3", "python3.14", "python3.13", "python3.12", "python3.11", "python3.10", "python"];

/**
 * Returns a virtual environment with Pulumi's Python SDK, and with the packages that are needed to install the
 * generated SDK.
 * @param {import("../run.mjs").Log} log
 * @returns {Promise<string>} the folder of the environment
 */
export function ensurePulumiVenv(log) {
  const requirements = join(ROOT, "tools", "python", "requirements.txt");
  return ensureVenv({ name: "python-pulumi", requirements, oldest: "3.10.0", what: "Pulumi's SDK for Python", log });
}

/**
 * Returns a virtual environment with certain packages. The hashes of the packages are verified, so any package index
 * may serve them. The environment is renamed after it is made, so its scripts contain the old path. Call the
 * environment's Python, and not the scripts.
 * @param {{ name: string, requirements: string, oldest: string, what: string, log: import("../run.mjs").Log }} options
 * `what` describes for a person what is installed
 * @returns {Promise<string>} the folder of the environment
 * @throws {ToolError} if no suitable Python exists, or the package index cannot be reached
 */
export async function ensureVenv({ name, requirements, oldest, what, log }) {
  const hash = createHash("sha256").update(await readFile(requirements));
  const home = cachePath(`${name}-${hash.digest("hex").slice(0, 12)}`);
  if (await isExecutable(join(home, "bin", "python"))) return home;
  const python = await findPython(oldest);
  log(`Installing ${what} into .cache/tools, once …`);
  await fillWhole(home, async (folder) => {
    await step(python, ["-m", "venv", folder], "a virtual environment cannot be made");
    const install = ["-m", "pip", "install", "--quiet", "--no-input", "--disable-pip-version-check", "--retries", "2"];
    const held = ["--require-hashes", "--only-binary", ":all:", "--requirement", requirements];
    await step(join(folder, "bin", "python"), [...install, ...held], `pip cannot install ${what}`);
  });
  return home;
}

/**
 * @param {string} oldest
 * @returns {Promise<string>}
 */
async function findPython(oldest) {
  const visited = [];
  for (const name of PYTHONS) {
    const python = await findOnPath(name);
    if (!python) continue;
    const ask = "import platform, venv, ensurepip; print(platform.python_version())";
    const { code, stdout } = await capture(python, ["-c", ask], { env: pythonEnvironment(), timeoutMs: 30_000 });
    if (code === 0 && isAtLeast(stdout.trim(), oldest)) return python;
    visited.push(code === 0 ? `${name} is ${stdout.trim()}` : `${name} has no venv`);
  }
  const why = visited.length === 0 ? "" : ` (${visited.join(", ")})`;
  throw new ToolError(`there is no Python ${oldest.replace(/\.0$/, "")} or later with venv on PATH${why}`);
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

/**
 * Returns the user's environment without the variables that change where Python reads packages, or where pip writes
 * them.
 */
export function pythonEnvironment() {
  const { PYTHONHOME, PYTHONPATH, PIP_USER, PIP_TARGET, PIP_PREFIX, PIP_NO_BINARY, ...rest } = process.env;
  return { ...rest, PYTHONNOUSERSITE: "1" };
}
