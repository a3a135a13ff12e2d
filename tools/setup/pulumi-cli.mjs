// @ts-check
import { copyFile, mkdir, mkdtemp, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { hermeticEnvironment, isAtLeast } from "../decisions.cjs";
import { ROOT } from "../project.mjs";
import { capture, findOnPath, isExecutable, ToolError } from "../run.mjs";
import { buildGo, cachePath, ensureBuilt, fillWhole, findGo } from "./build-go.mjs";
import { runOfficialInstaller } from "./pulumi-installer.mjs";
import { RECIPES } from "./recipes.mjs";

/** The oldest version of the Pulumi CLI with which the provider was tested. */
export const OLDEST_CLI = RECIPES.oldestPulumi.version;

/** The programs next to the CLI that a TypeScript program with a dynamic provider needs. */
const HOSTS = ["pulumi-language-nodejs", "pulumi-resource-pulumi-nodejs"];

/**
 * @typedef {object} PulumiCli
 * @property {string} pulumi path of the CLI
 * @property {string} binDir the folder of the CLI, which also contains the language hosts
 * @property {string} version
 */

/**
 * Returns a Pulumi CLI that can run this project. The first that exists is used: the CLI on PATH, a stored CLI, a CLI
 * from the official installer, or a CLI that is built from `tools/go`. Only temporary files and Go's caches are outside
 * `.cache`.
 * @param {import("../run.mjs").Log} log
 * @returns {Promise<PulumiCli>}
 */
export async function ensurePulumiCli(log) {
  const onPath = await cliOnPath(log);
  if (onPath) return onPath;
  const version = RECIPES.pulumi.version;
  const home = cachePath(`pulumi-${version}`);
  const cached = await wholeCli(join(home, "bin"));
  if (cached) return cached;

  log(`No usable Pulumi CLI on PATH: obtaining version ${version} into .cache/tools.`);
  await fillWhole(home, async (dir) => {
    const refused = (await runOfficialInstaller({ version, dir })) ?? (await whyIncomplete(join(dir, "bin")));
    if (!refused) return;
    await buildCli(dir, `The official installer gave no Pulumi CLI (${refused})`, log);
  });
  const made = await wholeCli(join(home, "bin"));
  if (!made) throw new ToolError(`The Pulumi CLI in ${home} does not run. Delete that folder and run this again.`);
  log(`Pulumi CLI ${made.version} is ready.`);
  return made;
}

/**
 * Builds the oldest CLI with which the provider is tested, and returns its folder. The folder has the language hosts of
 * the other CLI, because the older language hosts are not available as Go modules.
 * @param {{ cli: PulumiCli, log: import("../run.mjs").Log }} options
 */
export function ensureOldestCli({ cli, log }) {
  const why = "The tests with the oldest CLI need it";
  return ensureBuilt(RECIPES.oldestPulumi, {
    why,
    log,
    folder: "bin",
    complete: async (dir) => {
      for (const host of HOSTS) await copyFile(join(cli.binDir, host), join(dir, "bin", host));
    },
  });
}

/**
 * @param {string} dir
 * @param {string} why
 * @param {import("../run.mjs").Log} log
 */
async function buildCli(dir, why, log) {
  await findGo(RECIPES.pulumi, why);
  log(
    `${why}: building it from tools/go instead, once. This takes some minutes. On a first run, Go's caches of modules and builds, which are outside this folder, grow by about 3.6 GB.`,
  );
  const bin = join(dir, "bin");
  await rm(bin, { recursive: true, force: true });
  await mkdir(bin, { recursive: true });
  const started = Date.now();
  for (const recipe of [RECIPES.languageNode, RECIPES.pulumi]) {
    await buildGo(recipe, { dir: bin, why, log });
    log(`  ${recipe.binary} ${recipe.version} built after ${Math.round((Date.now() - started) / 1000)} s`);
  }
  const launcher = "pulumi-resource-pulumi-nodejs";
  await copyFile(join(ROOT, "tools", "go", launcher), join(bin, launcher));
}

/**
 * Returns an environment in which the CLI uses nothing that belongs to the user. `home` contains the CLI's settings,
 * plugins and stacks.
 * @param {{ binDir: string, home: string }} options
 */
export function pulumiEnvironment({ binDir, home }) {
  return hermeticEnvironment({ env: process.env, binDir, home });
}

/**
 * @param {import("../run.mjs").Log} log
 * @returns {Promise<PulumiCli | undefined>}
 */
async function cliOnPath(log) {
  const pulumi = await findOnPath("pulumi");
  if (!pulumi) return undefined;
  const version = await versionOf(pulumi);
  if (!isAtLeast(version, OLDEST_CLI)) {
    log(`${pulumi} is ${version || "not working"}, and ${OLDEST_CLI} or later is needed, so it is not used.`);
    return undefined;
  }
  const beside = [process.env.PATH, dirname(pulumi), dirname(await realpath(pulumi))].join(delimiter);
  for (const host of HOSTS) {
    if (await findOnPath(host, beside)) continue;
    log(`${pulumi} has no ${host} next to it, so it is not used.`);
    return undefined;
  }
  return { pulumi, binDir: dirname(pulumi), version };
}

/**
 * @param {string} binDir
 * @returns {Promise<PulumiCli | undefined>}
 */
async function wholeCli(binDir) {
  if (await whyIncomplete(binDir)) return undefined;
  const pulumi = join(binDir, "pulumi");
  const version = await versionOf(pulumi);
  return version ? { pulumi, binDir, version } : undefined;
}

/** @param {string} binDir */
async function whyIncomplete(binDir) {
  for (const name of ["pulumi", ...HOSTS]) {
    if (!(await isExecutable(join(binDir, name)))) return `${name} is missing`;
  }
  return undefined;
}

/**
 * Returns the version of a CLI. The CLI gets a temporary home folder, because even `pulumi version` creates folders in
 * its home folder.
 * @param {string} pulumi
 */
async function versionOf(pulumi) {
  const home = await mkdtemp(join(tmpdir(), "pulumi-version-"));
  const env = pulumiEnvironment({ binDir: dirname(pulumi), home });
  const { code, stdout } = await capture(pulumi, ["version"], { env, timeoutMs: 20_000 });
  await rm(home, { recursive: true, force: true });
  return code === 0 ? stdout.trim().replace(/^v/, "") : "";
}
