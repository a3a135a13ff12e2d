// @ts-check
import { createHash } from "node:crypto";
import { chmod, copyFile, readdir, readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { capture, findOnPath, isExecutable, ToolError, tail } from "../run.mjs";
import { buildGo, cachePath, fillWhole, findGo } from "./build-go.mjs";
import { RECIPES } from "./recipes.mjs";

/**
 * @typedef {{ root: string, cli: import("./pulumi-cli.mjs").PulumiCli, log: import("../run.mjs").Log }} Options
 */

/**
 * The YAML language host, for those who want it: beside the CLI where that is the project's own.
 * @param {Options} options
 * @returns {Promise<string>} the folder that holds it
 */
export function ensureYamlHost(options) {
  return ensureHost(options, RECIPES.languageYaml, "The CLI has no YAML language host");
}

/**
 * The Python language host and the script with which it runs programs, likewise.
 * @param {Options} options
 * @returns {Promise<string>} the folder that holds both
 */
export function ensurePythonHost(options) {
  const recipe = RECIPES.languagePython;
  const why = "The CLI has no Python language host";
  return ensureHost(options, recipe, why, async (dir) => {
    const script = "pulumi-language-python-exec";
    await copyFile(join(await moduleFolder(options.root, recipe, why), "python", "cmd", script), join(dir, script));
    await chmod(join(dir, script), 0o755);
  });
}

/**
 * The Go language host, likewise, where there is a Go for its programs.
 * @param {Options} options
 * @returns {Promise<string>} the folder that holds it
 */
export async function ensureGoHost(options) {
  await findGo(RECIPES.languageGo, "Programs in Go are compiled");
  return ensureHost(options, RECIPES.languageGo, "The CLI has no Go language host");
}

/**
 * The .NET language host, which generates SDKs. Running a program takes the .NET SDK, too.
 * @param {Options} options
 * @returns {Promise<string>} the folder that holds it
 */
export function ensureDotnetHost(options) {
  return ensureHost(options, RECIPES.languageDotnet, "The CLI has no .NET language host");
}

/**
 * The Java language host, likewise.
 * @param {Options} options
 * @returns {Promise<string>} the folder that holds it
 */
export function ensureJavaHost(options) {
  return ensureHost(options, RECIPES.languageJava, "The CLI has no Java language host");
}

/**
 * What converts a program in YAML.
 * @param {Options} options
 * @returns {Promise<string>} the folder that holds it
 */
export function ensureYamlConverter(options) {
  return ensureHost(options, RECIPES.converterYaml, "The CLI has no converter for YAML");
}

/**
 * The generators of SDKs and programs, for a CLI whose language hosts have none. It is our own program: another one is built anew.
 * @param {Options & { why: string }} options
 * @returns {Promise<string>} the program that calls them
 */
export async function ensureCodegen({ why, ...options }) {
  const { module, binary, version } = RECIPES.codegen;
  const folder = join(options.root, "tools", "go", module);
  const hash = createHash("sha256");
  for (const file of (await readdir(folder)).sort()) hash.update(await readFile(join(folder, file)));
  const key = `${version}-${hash.digest("hex").slice(0, 12)}`;
  return join(await ensureHost(options, { ...RECIPES.codegen, version: key }, why), binary);
}

/**
 * @param {Options} options
 * @param {import("./recipes.mjs").Recipe} recipe
 * @param {string} why
 * @param {(dir: string) => Promise<void>} [complete] adds what belongs beside the binary
 */
async function ensureHost({ root, cli, log }, recipe, why, complete) {
  const { binary, version, takes } = recipe;
  if (await isExecutable(join(cli.binDir, binary))) return cli.binDir;
  const found = await findOnPath(binary);
  if (found) return dirname(found);
  const dir = cachePath(root, `${binary}-${version}`);
  if (await isExecutable(join(dir, binary))) return dir;
  log(`Building ${binary} ${version} from tools/go, once (${takes}) …`);
  await fillWhole(dir, async (unfinished) => {
    await buildGo({ root, recipe, dir: unfinished, why });
    await complete?.(unfinished);
  });
  return dir;
}

/**
 * Where Go keeps the source of the module that a recipe builds.
 * @param {string} root
 * @param {import("./recipes.mjs").Recipe} recipe
 * @param {string} why
 */
async function moduleFolder(root, recipe, why) {
  const go = await findGo(recipe, why);
  const options = {
    cwd: join(root, "tools", "go", recipe.module),
    env: { ...process.env, GOWORK: "off", GOFLAGS: "" },
  };
  const listed = await capture(go, ["list", "-mod=readonly", "-f", "{{.Module.Dir}}", recipe.package], options);
  if (listed.code !== 0) throw new ToolError(`${why}, and its source was not found:\n${tail(listed.stderr)}`);
  return listed.stdout.trim();
}
