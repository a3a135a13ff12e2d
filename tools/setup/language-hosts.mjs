// @ts-check
import { createHash } from "node:crypto";
import { chmod, copyFile, readdir, readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { findOnPath, isExecutable, succeed, ToolError } from "../run.mjs";
import { buildGo, ensureBuilt, findGo, GO_ENVIRONMENT, moduleOf } from "./build-go.mjs";
import { RECIPES } from "./recipes.mjs";

/**
 * @typedef {{ cli: import("./pulumi-cli.mjs").PulumiCli, log: import("../run.mjs").Log }} Options
 * @typedef {import("./recipes.mjs").Recipe} Recipe
 */

/**
 * Returns a language host, a converter or a generator. A program next to the CLI comes first, then a program on PATH.
 * If neither exists, the program is built from `tools/go`.
 * @param {Options} options
 * @param {Recipe} recipe
 * @param {{ why?: string, complete?: (dir: string) => Promise<void> }} [more] `complete` adds the files that must be
 * next to the binary
 * @returns {Promise<string>} the folder that contains the program
 */
export async function ensureHost({ cli, log }, recipe, { why = `The CLI has no ${recipe.binary}`, complete } = {}) {
  if (await isExecutable(join(cli.binDir, recipe.binary))) return cli.binDir;
  const found = await findOnPath(recipe.binary);
  return found ? dirname(found) : ensureBuilt(recipe, { why, log, ...(complete && { complete }) });
}

/**
 * Returns the Python language host. If the host has to be built, the script with which the host runs programs is put
 * next to it.
 * @param {Options} options
 */
export function ensurePythonHost(options) {
  const recipe = RECIPES.languagePython;
  return ensureHost(options, recipe, {
    complete: async (dir) => {
      const go = await findGo(recipe, "The CLI has no Python language host");
      const list = ["list", "-mod=readonly", "-f", "{{.Module.Dir}}", recipe.package];
      const folder = await succeed(go, list, { cwd: moduleOf(recipe), env: { ...process.env, ...GO_ENVIRONMENT } });
      const script = "pulumi-language-python-exec";
      await copyFile(join(folder.trim(), "python", "cmd", script), join(dir, script));
      await chmod(join(dir, script), 0o755);
    },
  });
}

/**
 * Returns the Go language host. Throws if Go is not installed on this machine, because Go programs are compiled.
 * @param {Options} options
 */
export async function ensureGoHost(options) {
  await findGo(RECIPES.languageGo, "Programs in Go are compiled");
  return ensureHost(options, RECIPES.languageGo);
}

/**
 * Returns the Java language host. Throws if Maven is not installed on this machine, because Maven compiles Java
 * programs.
 * @param {Options} options
 */
export async function ensureJavaHost(options) {
  if ((await findOnPath("mvn")) === undefined)
    throw new ToolError("Maven, which compiles Java programs, is not installed.");
  return ensureHost(options, RECIPES.languageJava);
}

/**
 * Returns a program that calls the generators of SDKs and programs, for a CLI whose language hosts have no generators.
 * The program is part of this repository, and is built again after a change.
 * @param {Options} options
 * @param {string} why
 * @returns {Promise<string>} the path of the program
 */
export async function ensureCodegen(options, why) {
  const recipe = RECIPES.codegen;
  const hash = createHash("sha256");
  for (const file of (await readdir(moduleOf(recipe))).sort())
    hash.update(await readFile(join(moduleOf(recipe), file)));
  const version = `${recipe.version}-${hash.digest("hex").slice(0, 12)}`;
  return join(await ensureHost(options, { ...recipe, version }, { why }), recipe.binary);
}

/**
 * Returns Pulumi's provider plugin docker-build, with buildx next to it. The plugin's own builder is a public image. If
 * the image cannot be fetched, buildx is used. A golden file contains the output of both programs. So other versions on
 * the machine are used only if `LYCEUM_TEST_DOCKER_BUILD` names them.
 * @param {import("../run.mjs").Log} log
 * @returns {Promise<string>} the folder that contains both programs
 */
export async function ensureDockerBuild(log) {
  if (process.env.LYCEUM_TEST_DOCKER_BUILD) return process.env.LYCEUM_TEST_DOCKER_BUILD;
  const why = "The test of a built image needs the provider docker-build";
  const complete = (/** @type {string} */ dir) => buildGo(RECIPES.buildx, { dir, why, log });
  return ensureBuilt(RECIPES.dockerBuild, { why, log, complete });
}
