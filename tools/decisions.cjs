// @ts-check
/**
 * Decisions of the tools, without effects on the machine. It is a CommonJS file, so that both the tools and jest can
 * load it.
 */
const { delimiter } = require("node:path");

/**
 * The first version number in a text such as "v3.274.1" or "go version go1.26.8 linux/amd64".
 * @param {string} text
 * @returns {[number, number, number] | undefined}
 */
function parseVersion(text) {
  const match = /(\d+)\.(\d+)(?:\.(\d+))?/.exec(text);
  return match ? [Number(match[1]), Number(match[2]), Number(match[3] ?? 0)] : undefined;
}

/**
 * @param {string} text
 * @param {string} minimum
 */
function isAtLeast(text, minimum) {
  const have = parseVersion(text);
  const want = parseVersion(minimum);
  if (!have || !want) return false;
  for (const [index, part] of want.entries()) {
    const own = have[index] ?? 0;
    if (own !== part) return own > part;
  }
  return true;
}

/**
 * An environment without the user's Pulumi settings and Lyceum credentials. Variables that only tests read are kept.
 * @param {NodeJS.ProcessEnv} env
 * @returns {Record<string, string>}
 */
function withoutSettings(env) {
  /** @type {Record<string, string>} */
  const result = {};
  for (const [name, value] of Object.entries(env)) {
    if (value !== undefined && !/^(PULUMI|LYCEUM)_(?!TEST_|FUZZ_)/.test(name)) result[name] = value;
  }
  return result;
}

/**
 * The environment of a Pulumi CLI that changes nothing of the user's: no settings of the user, no login, no update
 * check, no downloads of plugins. It has Lyceum credentials only if the caller adds them.
 * @param {{ env: NodeJS.ProcessEnv, binDir: string, home: string }} options `home` contains the CLI's settings, plugins
 * and stacks
 * @returns {Record<string, string>}
 */
function hermeticEnvironment({ env, binDir, home }) {
  const path = (env.PATH ?? "").split(delimiter).filter((entry) => entry !== "");
  // A folder that is already on PATH keeps its position. If /usr/bin were moved to the front, it would hide the user's
  // own Node.
  if (!path.includes(binDir)) path.unshift(binDir);
  return {
    ...withoutSettings(env),
    PATH: path.join(delimiter),
    PULUMI_HOME: home,
    PULUMI_BACKEND_URL: `file://${home}`,
    PULUMI_CONFIG_PASSPHRASE: "local",
    PULUMI_SKIP_UPDATE_CHECK: "true",
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
    PULUMI_OPTION_NON_INTERACTIVE: "true",
    PULUMI_OPTION_COLOR: "never",
  };
}

/**
 * Why `npm ci` is needed. Undefined if it is not. Compares contents and not file times. A fresh checkout of the same
 * lock file, or the developer's own `npm install`, must not cause a new installation.
 * @param {string} lockText package-lock.json
 * @param {string | undefined} installedText node_modules/.package-lock.json
 * @returns {string | undefined}
 */
function whyInstall(lockText, installedText) {
  if (installedText === undefined) return "node_modules is missing";
  const wanted = JSON.parse(lockText).packages ?? {};
  const installed = JSON.parse(installedText).packages ?? {};
  for (const [path, entry] of Object.entries(wanted)) {
    if (path === "" || entry.optional === true || entry.devOptional === true) continue;
    const found = installed[path];
    if (!found) return `${path} is missing`;
    if (found.version !== entry.version || found.integrity !== entry.integrity) return `${path} has changed`;
  }
  return undefined;
}

/**
 * Arguments of jest. They select either the long tests or all others, and include the user's arguments, which select
 * fewer tests.
 * @param {readonly string[]} given `--long`, and arguments for jest
 * @param {string} reportFile where jest writes its JSON report
 */
function jestArguments(given, reportFile) {
  const projects = given.includes("--long")
    ? ["long", "plugin", "containers"]
    : ["unit", "scenarios", "lifecycle-plugin"];
  const rest = given.filter((argument) => argument !== "--long");
  // `--json` ends the list of projects. Without it, jest would read a pattern after the list as another project.
  return ["--selectProjects", ...projects, "--json", `--outputFile=${reportFile}`, ...rest];
}

/**
 * Evaluates jest's JSON report. A file that could not be run has no failed test, so the file itself counts as one.
 * @typedef {{ numPassedTests: number, numFailedTests: number, numPendingTests: number, numTodoTests: number,
 * numRuntimeErrorTestSuites: number, success: boolean, testResults: { name: string, assertionResults: { status: string,
 * fullName: string }[] }[] }} JestReport
 * @param {JestReport | undefined} report
 * @param {{ jestExit: number, strict: boolean }} options
 */
function summarize(report, { jestExit, strict }) {
  if (!report) return { line: "0 passed, 1 failed", leftOut: [], exitCode: jestExit === 0 ? 1 : jestExit };
  const skipped = report.numPendingTests + report.numTodoTests;
  // In CI no test may be skipped, so a skipped test counts as failed.
  const failed = report.numFailedTests + report.numRuntimeErrorTestSuites + (strict ? skipped : 0);
  const leftOut = report.testResults.flatMap((file) =>
    file.assertionResults
      .filter(({ status }) => status === "pending" || status === "todo")
      .map((test) => test.fullName),
  );
  const line = `${report.numPassedTests} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ""}`;
  const exitCode = jestExit !== 0 ? jestExit : failed > 0 ? 1 : 0;
  return { line, leftOut, exitCode };
}

/**
 * Finds the JSON line that the emulator prints when it is ready, among everything else that it has printed.
 * @param {string} text
 * @returns {{ url: string, apiKey: string, engine: string, page: string } | undefined}
 */
function emulatorReady(text) {
  for (const line of text.split("\n")) {
    if (!line.startsWith("{")) continue;
    try {
      const { url, apiKey, engine, page } = JSON.parse(line);
      if (typeof url === "string" && typeof apiKey === "string") {
        return { url, apiKey, engine: String(engine), page: String(page) };
      }
    } catch {
      // The line has not arrived completely.
    }
  }
  return undefined;
}

module.exports = {
  isAtLeast,
  withoutSettings,
  hermeticEnvironment,
  whyInstall,
  jestArguments,
  summarize,
  emulatorReady,
};
