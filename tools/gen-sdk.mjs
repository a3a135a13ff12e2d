// @ts-check
/**
 * `npm run gen-sdk -- --language python --out DIR`: the SDK of the plugin for a language, in `DIR/python`. Pulumi's own
 * `pulumi package gen-sdk` where the CLI has the language host for it, else the same generators, built from `tools/go`.
 */
import { spawnSync } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative, resolve } from "node:path";
import { parseArgs } from "node:util";
import { ensureCodegen } from "./language-hosts.mjs";
import { checkNode, ROOT } from "./project.mjs";
import { ensurePulumiCli, pulumiEnvironment } from "./pulumi-cli.mjs";
import { RECIPES } from "./recipes.mjs";
import { capture, runMain, ToolError, tail } from "./run.mjs";

/** Whether `tools/go` has the generator of a language. */
const LANGUAGES = { nodejs: true, python: true, go: true, dotnet: false, java: false };

const SCHEMA = join(ROOT, "plugin", "schema.json");
const log = (/** @type {string} */ line) => console.error(line);

await runMain(async () => {
  checkNode();
  const { language, out } = options();
  const target = join(out, language);
  await mkdir(out, { recursive: true });
  const cli = await ensurePulumiCli({ root: ROOT, log });
  const refused = await generateWithCli(cli, language, out);
  if (refused !== undefined) {
    const why = `\`pulumi package gen-sdk\` makes no SDK for ${language} here (${refused})`;
    if (!LANGUAGES[language])
      throw new ToolError(`${why}. Install ${RECIPES.codegen.elsewhere}, which has its generator, and run this again.`);
    log(`${why}: using the generator from tools/go, which Pulumi's language host calls.`);
    await generateWithGo(await ensureCodegen({ root: ROOT, cli, log, why }), language, target);
  }
  console.log(relative(process.cwd(), target) || ".");
  return 0;
});

/** @returns {{ language: keyof typeof LANGUAGES, out: string }} */
function options() {
  const { values } = parseArgs({ options: { language: { type: "string" }, out: { type: "string" } } });
  const { language = "", out = join(ROOT, ".cache", "sdk") } = values;
  if (!isLanguage(language)) throw new ToolError(`--language must be one of ${Object.keys(LANGUAGES).join(", ")}.`);
  return { language, out: resolve(out) };
}

/**
 * @param {string} name
 * @returns {name is keyof typeof LANGUAGES}
 */
function isLanguage(name) {
  return Object.hasOwn(LANGUAGES, name);
}

/**
 * @param {import("./pulumi-cli.mjs").PulumiCli} cli
 * @param {string} language
 * @param {string} out
 * @returns {Promise<string | undefined>} why it made none
 */
async function generateWithCli(cli, language, out) {
  const home = await mkdtemp(join(tmpdir(), "pulumi-gen-sdk-"));
  try {
    const env = pulumiEnvironment({ root: ROOT, binDir: cli.binDir, home });
    const args = ["package", "gen-sdk", SCHEMA, "--language", language, "--out", out];
    const { code, stdout, stderr } = await capture(cli.pulumi, args, { cwd: home, env, timeoutMs: 120_000 });
    return code === 0 ? undefined : tail(stderr || stdout, 1);
  } finally {
    await rm(home, { recursive: true, force: true });
  }
}

/**
 * @param {string} codegen
 * @param {string} language
 * @param {string} target
 */
async function generateWithGo(codegen, language, target) {
  // What an older schema had must not stay.
  await rm(target, { recursive: true, force: true });
  const input = await readFile(SCHEMA);
  const { status, stderr } = spawnSync(codegen, ["-language", language, "-out", target], { input, encoding: "utf8" });
  if (status !== 0) throw new ToolError(`The SDK for ${language} was not generated:\n${tail(stderr)}`);
}
