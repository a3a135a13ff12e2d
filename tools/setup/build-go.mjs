// @ts-check
import { mkdir, readdir, rename, rm } from "node:fs/promises";
import { arch, platform } from "node:os";
import { basename, dirname, join } from "node:path";
import { ROOT } from "../project.mjs";
import { capture, findOnPath, isExecutable, ToolError, tail } from "../run.mjs";

/** @typedef {import("./recipes.mjs").Recipe} Recipe */

/**
 * Returns the folder in which a tool of this version is stored on this machine.
 * @param {string} name
 */
export function cachePath(name) {
  return join(ROOT, ".cache", "tools", `${name}-${platform()}-${arch()}`);
}

/**
 * Fills a folder under a temporary name, and renames the folder when it is complete. After an error or an interruption,
 * no folder with the final name exists. If another process was faster, its folder stays.
 * @param {string} target
 * @param {(dir: string) => Promise<void>} fill
 */
export async function fillWhole(target, fill) {
  const parent = dirname(target);
  const prefix = `.${basename(target)}.`;
  await mkdir(parent, { recursive: true });
  for (const name of await readdir(parent)) {
    // This folder belongs to a process that was killed.
    if (name.startsWith(prefix) && !isAlive(Number(name.slice(prefix.length)))) {
      await rm(join(parent, name), { recursive: true, force: true });
    }
  }
  const unfinished = join(parent, `${prefix}${process.pid}`);
  await mkdir(unfinished);
  try {
    await fill(unfinished);
    await rename(unfinished, target).catch((error) => {
      if (error.code !== "ENOTEMPTY" && error.code !== "EEXIST") throw error;
    });
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
}

/**
 * Returns the path of the command `go`, which builds a tool. If `go` is not on `PATH`, throws an error that explains
 * what to install.
 * @param {Recipe} recipe
 * @param {string} why
 */
export async function findGo(recipe, why) {
  const go = await findOnPath("go");
  if (go) return go;
  throw new ToolError(
    `${why}, and there is no Go on PATH to build it with. ` +
      `Install ${recipe.elsewhere ?? "the Pulumi CLI (https://www.pulumi.com/docs/install)"}, or Go 1.26 or later (https://go.dev/doc/install), and run this again.`,
  );
}

/**
 * Builds a tool with Go and stores it. If the tool is already stored, nothing is built.
 * @param {Recipe} recipe
 * @param {{ why: string, log: import("../run.mjs").Log, folder?: string, complete?: (dir: string) => Promise<void> }}
 *   options `folder` is the folder of the tool below the stored folder, `complete` adds other files to the stored
 *   folder
 * @returns {Promise<string>} the folder of the tool
 */
export async function ensureBuilt(recipe, { why, log, folder = "", complete }) {
  const kept = cachePath(`${recipe.binary}-${recipe.version}`);
  const dir = join(kept, folder);
  if (await isExecutable(join(dir, recipe.binary))) return dir;
  log(`${why}: building ${recipe.binary} ${recipe.version} from tools/go, once. This may take minutes …`);
  await fillWhole(kept, async (unfinished) => {
    await mkdir(join(unfinished, folder), { recursive: true });
    await buildGo(recipe, { dir: join(unfinished, folder), why, log });
    await complete?.(unfinished);
  });
  return dir;
}

/**
 * Prints at intervals that a task is still running. Without these lines, the user would think that the task hangs.
 * @template T
 * @param {string} what
 * @param {import("../run.mjs").Log} log
 * @param {Promise<T>} work
 * @param {number} [seconds] between two lines
 * @returns {Promise<T>}
 */
export function whileWorking(what, log, work, seconds = 30) {
  const began = Date.now();
  const timer = setInterval(
    () => log(`  still ${what} after ${Math.round((Date.now() - began) / 1000)} s …`),
    seconds * 1000,
  );
  return work.finally(() => clearInterval(timer));
}

/**
 * Settings for building with Go. Without cgo, no C compiler is needed. A `go.work` file in a parent folder and the
 * user's flags are turned off, because they would change the build.
 */
export const GO_ENVIRONMENT = { CGO_ENABLED: "0", GOWORK: "off", GOFLAGS: "" };

/**
 * Returns the folder of a recipe's Go module.
 * @param {Recipe} recipe
 */
export function moduleOf({ module }) {
  return join(ROOT, "tools", "go", module);
}

/**
 * Builds a tool with Go into a folder. `go.sum` is verified even if the user has set another module proxy or other
 * flags.
 * @param {Recipe} recipe
 * @param {{ dir: string, why: string, log: import("../run.mjs").Log }} options
 */
export async function buildGo(recipe, { dir, why, log }) {
  const go = await findGo(recipe, why);
  const flags = ["-s", "-w"];
  if (recipe.versionVariable) {
    flags.push("-X", `${recipe.versionVariable}=${recipe.versionPrefix ?? ""}${recipe.version}`);
  }
  const args = ["build", "-mod=readonly", "-trimpath", "-ldflags", flags.join(" "), "-o", join(dir, recipe.binary)];
  const build = capture(go, [...args, recipe.package], {
    cwd: moduleOf(recipe),
    env: { ...process.env, ...GO_ENVIRONMENT },
    timeoutMs: 45 * 60_000,
  });
  const built = await whileWorking(`building ${recipe.binary}`, log, build);
  if (built.code !== 0) {
    throw new ToolError(
      `${why}, and building ${recipe.binary} ${recipe.version} from tools/go failed ` +
        `(it needs Go 1.26 or later and a Go module proxy):\n${tail(built.stderr)}`,
    );
  }
}

/** @param {number} pid */
function isAlive(pid) {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
