// @ts-check
/**
 * `npm run gen-sdk -- --language python --out DIR` generates the plugin's SDK for a language in the folder
 * `DIR/python`. If the language host can generate SDKs, this tool calls `pulumi package gen-sdk`. Otherwise it builds
 * the same generators from `tools/go`.
 */
import { spawnSync } from "node:child_process";
import { once } from "node:events";
import { appendFile, cp, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { delimiter, dirname, join, relative, resolve } from "node:path";
import { parseArgs } from "node:util";
import { checkNode, ROOT } from "../project.mjs";
import { capture, runMain, ToolError, tail } from "../run.mjs";
import { ensureCodegen, ensureHost } from "../setup/language-hosts.mjs";
import { ensurePulumiCli, pulumiEnvironment } from "../setup/pulumi-cli.mjs";
import { RECIPES } from "../setup/recipes.mjs";
import { mavenFiles } from "./maven.cjs";

/**
 * The language host that generates the SDK for each language. Undefined if the language hosts in Go modules are too
 * old. A program in `tools/go` then generates the SDK.
 */
const LANGUAGES = {
  nodejs: undefined,
  python: undefined,
  go: undefined,
  dotnet: RECIPES.languageDotnet,
  java: RECIPES.languageJava,
};

const SCHEMA = join(ROOT, "plugin", "schema.json");
const log = (/** @type {string} */ line) => console.error(line);

await runMain(async () => {
  checkNode();
  const { language, out } = options();
  const target = join(out, language);
  await mkdir(out, { recursive: true });
  const cli = await ensurePulumiCli(log);
  const recipe = LANGUAGES[language];
  const host = recipe && (await ensureHost({ cli, log }, recipe));
  const refused = await generateWithCli(cli, host, language, out);
  if (refused !== undefined) {
    const why = `\`pulumi package gen-sdk\` makes no SDK for ${language} here (${refused})`;
    if (host)
      throw new ToolError(`${why}. Update the Pulumi CLI, whose language host is in ${host}, and run this again.`);
    log(`${why}: using the generator from tools/go, which Pulumi's language host calls.`);
    await generateWithGo(await ensureCodegen({ cli, log }, why), language, target);
  }
  if (language === "python") await addTesting(target);
  if (language === "java") await addMavenProject(target);
  console.log(relative(process.cwd(), target) || ".");
  return 0;
});

/**
 * Adds the module `pulumi_lyceum.testing`, which no schema describes, and registers its fixture with pytest.
 * @param {string} target
 */
async function addTesting(target) {
  await cp(join(ROOT, "sdk", "python", "testing"), join(target, "pulumi_lyceum", "testing"), {
    recursive: true,
    filter: (path) => !path.endsWith("__pycache__"),
  });
  const entry = '\n[project.entry-points.pytest11]\n  pulumi_lyceum = "pulumi_lyceum.testing.pytest_plugin"\n';
  await appendFile(join(target, "pyproject.toml"), entry);
}

/**
 * Adds a Maven project to the SDK for Java. The generated SDK has only a Gradle project.
 * @param {string} target
 */
async function addMavenProject(target) {
  const schema = JSON.parse(await readFile(SCHEMA, "utf8"));
  const files = mavenFiles(schema, await readFile(join(target, "build.gradle"), "utf8"));
  for (const [name, text] of Object.entries(files)) {
    await mkdir(dirname(join(target, name)), { recursive: true });
    await writeFile(join(target, name), text);
  }
}

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
 * @param {import("../setup/pulumi-cli.mjs").PulumiCli} cli
 * @param {string | undefined} host folder of the language host, if it is not the CLI's own
 * @param {string} language
 * @param {string} out
 * @returns {Promise<string | undefined>} the reason why the CLI generated no SDK
 */
async function generateWithCli(cli, host, language, out) {
  const home = await mkdtemp(join(tmpdir(), "pulumi-gen-sdk-"));
  try {
    const { PATH = "", ...env } = pulumiEnvironment({ binDir: cli.binDir, home });
    const path = host === undefined ? PATH : `${host}${delimiter}${PATH}`;
    const generate = (/** @type {string} */ schema) =>
      capture(cli.pulumi, ["package", "gen-sdk", schema, "--language", language, "--out", out], {
        cwd: home,
        env: { ...env, PATH: path },
        timeoutMs: 120_000,
      });
    const { code, stdout, stderr } = await (language === "dotnet"
      ? withLogo(async (logoUrl) => {
          const schema = join(home, "schema.json");
          await writeFile(schema, JSON.stringify({ ...JSON.parse(await readFile(SCHEMA, "utf8")), logoUrl }));
          return generate(schema);
        })
      : generate(SCHEMA));
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
  // Removes files that were generated from an older schema.
  await rm(target, { recursive: true, force: true });
  const input = await readFile(SCHEMA);
  const { status, stderr } = spawnSync(codegen, ["-language", language, "-out", target], { input, encoding: "utf8" });
  if (status !== 0) throw new ToolError(`The SDK for ${language} was not generated:\n${tail(stderr)}`);
}

/**
 * Serves the logo on this machine while `use` runs. The .NET generator downloads the logo of the schema for the NuGet
 * package. From this URL, the generator can download the logo without a network.
 * @template T
 * @param {(url: string) => Promise<T>} use
 * @returns {Promise<T>}
 */
async function withLogo(use) {
  const png = await readFile(join(ROOT, "docs", "logo.png"));
  const server = createServer((_, response) => {
    response.writeHead(200, { "content-type": "image/png" }).end(png);
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  try {
    const address = server.address();
    if (address === null || typeof address === "string") throw new Error("The server of the logo has no port.");
    return await use(`http://127.0.0.1:${address.port}/logo.png`);
  } finally {
    server.closeAllConnections();
    server.close();
  }
}
