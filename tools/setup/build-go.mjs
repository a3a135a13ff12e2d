// @ts-check
import { mkdir, readdir, rename, rm } from "node:fs/promises";
import { arch, platform } from "node:os";
import { basename, dirname, join } from "node:path";
import { capture, findOnPath, ToolError, tail } from "../run.mjs";

/**
 * Where a tool of this version is kept on this machine.
 * @param {string} root
 * @param {string} name
 */
export function cachePath(root, name) {
  return join(root, ".cache", "tools", `${name}-${platform()}-${arch()}`);
}

/**
 * Fills a folder under another name and renames it when it is whole, so that an interrupted or failed run leaves nothing
 * that looks finished. Where somebody else was quicker, theirs stays.
 * @param {string} target
 * @param {(dir: string) => Promise<void>} fill
 */
export async function fillWhole(target, fill) {
  const parent = dirname(target);
  const prefix = `.${basename(target)}.`;
  await mkdir(parent, { recursive: true });
  for (const name of await readdir(parent)) {
    // Left by a run that was killed.
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
 * The Go to build a tool with, or an error that says what to install.
 * @param {import("./recipes.mjs").Recipe} recipe
 * @param {string} why
 */
export async function findGo(recipe, why) {
  const go = await findOnPath("go");
  if (go) return go;
  throw new ToolError(
    `${why}, and there is no Go on PATH to build it with. ` +
      `Install ${recipe.elsewhere}, or Go 1.26 or later (https://go.dev/doc/install), and run this again.`,
  );
}

/**
 * Builds one tool with Go into a folder. The checksums of `go.sum` hold whatever proxy or flags the user's Go is set to.
 * @param {{ root: string, recipe: import("./recipes.mjs").Recipe, dir: string, why: string }} options
 */
export async function buildGo({ root, recipe, dir, why }) {
  const go = await findGo(recipe, why);
  const flags = ["-s", "-w"];
  if (recipe.versionVariable) {
    flags.push("-X", `${recipe.versionVariable}=${recipe.versionPrefix ?? ""}${recipe.version}`);
  }
  const built = await capture(
    go,
    [
      "build",
      "-mod=readonly",
      "-trimpath",
      "-ldflags",
      flags.join(" "),
      "-o",
      join(dir, recipe.binary),
      recipe.package,
    ],
    {
      cwd: join(root, "tools", "go", recipe.module),
      // Without C no compiler is needed; a go.work further up or flags of the user's would change what is built.
      env: { ...process.env, CGO_ENABLED: "0", GOWORK: "off", GOFLAGS: "" },
      timeoutMs: 45 * 60_000,
    },
  );
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
