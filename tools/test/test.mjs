// @ts-check
/**
 * `npm test` and `npm run test:long` set up what the tests need, run the tests, and print their number. `npm test` runs
 * the tests that take seconds. `npm run test:long` (`--long`) runs the tests that take minutes. All other arguments are
 * passed to jest.
 */
import { existsSync } from "node:fs";
import { mkdir, readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { jestArguments, summarize, withoutSettings } from "../decisions.cjs";
import { checkNode, installAndBuild, ROOT } from "../project.mjs";
import { nodeProgram, THIS_SYSTEM } from "../release/node-runtime.mjs";
import { runMain, show, ToolError } from "../run.mjs";
import { ensureNewestCompose } from "../setup/docker.mjs";
import {
  ensureDockerBuild,
  ensureGoHost,
  ensureHost,
  ensureJavaHost,
  ensurePythonHost,
} from "../setup/language-hosts.mjs";
import { ensureOldestCli } from "../setup/pulumi-cli.mjs";
import { ensurePulumiVenv } from "../setup/python.mjs";
import { RECIPES } from "../setup/recipes.mjs";
import { obtainAll } from "../setup/setup.mjs";

const log = (/** @type {string} */ line) => console.log(line);
const strict = process.env.LYCEUM_TEST_STRICT === "1";

await runMain(async () => {
  checkNode();
  await installAndBuild(log);
  const tools = await obtainAll(log);
  if (!tools.docker) {
    log(
      `\nWithout Docker (${tools.reason}) the scenarios on real containers are left out; they are named at the end.\n`,
    );
  }
  const long = process.argv.includes("--long");
  const options = { cli: tools.cli, log };
  const yamlHost = long ? await ensureHost(options, RECIPES.languageYaml) : "";
  const venv = long && (await orNothing("The tests in Python are", () => ensurePulumiVenv(log)));
  const pythonHost = venv && (await orNothing("The tests in Python are", () => ensurePythonHost(options)));
  const goHost = long && (await orNothing("The test in Go is", () => ensureGoHost(options)));
  const javaHost = long && (await orNothing("The test in Java is", () => ensureJavaHost(options)));
  const dockerBuild =
    long && tools.docker && (await orNothing("The test of a built image is", () => ensureDockerBuild(log)));
  const newestCompose =
    long && (await orNothing("The comparison with the newest docker compose is", () => ensureNewestCompose(log)));
  const node =
    long && (await orNothing("The tests of the plugin's archive, and of commands on its Node, are", nodeProgram));
  const archives = node && (await orNothing("The tests of the plugin's archive are", makeArchive));
  const isOldest = process.env.LYCEUM_TEST_OLDEST_ENGINE === "1";
  const reportFile = join(ROOT, ".cache", `jest-${process.pid}.json`);
  await mkdir(join(ROOT, ".cache"), { recursive: true });
  const jest = join(ROOT, "node_modules", "jest", "bin", "jest.js");
  const given = jestArguments(process.argv.slice(2), reportFile);
  const jestExit = await show(process.execPath, [jest, ...given], {
    cwd: ROOT,
    env: {
      ...withoutSettings(process.env),
      LYCEUM_TEST_PULUMI_BIN: isOldest ? await ensureOldestCli(options) : tools.cli.binDir,
      LYCEUM_TEST_YAML_HOST: yamlHost,
      LYCEUM_TEST_PYTHON_HOST: pythonHost || "",
      LYCEUM_TEST_PYTHON_VENV: (pythonHost && venv) || "",
      LYCEUM_TEST_GO_HOST: goHost || "",
      LYCEUM_TEST_JAVA_HOST: javaHost || "",
      LYCEUM_TEST_DOCKER_BUILD: dockerBuild || "",
      LYCEUM_TEST_NODE: node || "",
      LYCEUM_TEST_PLUGIN_ARCHIVES: archives || "",
      LYCEUM_TEST_DOCKER: tools.docker ? "1" : "0",
      LYCEUM_TEST_DOCKER_HOST: tools.docker?.host ?? "",
      LYCEUM_TEST_COMPOSE_PLUGIN: tools.docker?.plugin ?? "",
      LYCEUM_TEST_NEWEST_COMPOSE: newestCompose || "",
    },
  });
  const report = existsSync(reportFile) ? JSON.parse(await readFile(reportFile, "utf8")) : undefined;
  await rm(reportFile, { force: true });
  const { line, leftOut, exitCode } = summarize(report, { jestExit, strict });
  if (leftOut.length > 0) log(`\nLeft out${strict ? ", which fails this run" : ""}:\n  ${leftOut.join("\n  ")}`);
  log(`\n${line}`);
  return exitCode;
});

/**
 * Sets up a program that some tests need. If this fails, these tests are skipped.
 * @param {string} tests
 * @param {() => Promise<string>} ensure
 */
async function orNothing(tests, ensure) {
  try {
    return await ensure();
  } catch (error) {
    if (!(error instanceof ToolError)) throw error;
    log(`\n${tests} left out: ${error.message}\n`);
    return "";
  }
}

/**
 * Makes the plugin's archive for this machine, and returns its folder. The archive contains Node from npm. The npm
 * packages must be installed before.
 */
async function makeArchive() {
  const { makeArchives } = await import("../release/plugin-archives.mjs");
  const folder = join(ROOT, ".cache", "plugin-archives");
  log(`Making the plugin's archive for ${THIS_SYSTEM} …`);
  await makeArchives(folder, [THIS_SYSTEM]);
  return folder;
}
