// @ts-check
/**
 * Functions that decide for the tools, without effects on the machine. This is a CommonJS file, so that both the tools
 * and jest can load it.
 */
const { delimiter } = require("node:path");

/**
 * Returns the first version number in a text such as "v3.274.1" or "go version go1.26.8 linux/amd64".
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
 * Returns an environment without the user's Pulumi settings and Lyceum credentials. Variables that only tests read are
 * kept.
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
 * Returns an environment in which the Pulumi CLI reads and changes nothing that belongs to the user. The CLI has no
 * settings of the user and no login, looks for no update, and downloads no plugins. Lyceum credentials are in the
 * environment only if the caller adds them.
 * @param {{ env: NodeJS.ProcessEnv, binDir: string, home: string }} options `home` contains the CLI's settings, plugins
 * and stacks
 * @returns {Record<string, string>}
 */
function hermeticEnvironment({ env, binDir, home }) {
  const path = (env.PATH ?? "").split(delimiter).filter((entry) => entry !== "");
  // A folder that is already on PATH keeps its position. For example, /usr/bin at the front would hide the user's own
  // Node.
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
 * Returns the reason why `npm ci` is needed, or undefined if it is not needed. Compares the contents of the lock files,
 * not their times. So a fresh checkout of the same lock file causes no new installation.
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
 * Returns the arguments of jest. With `--long`, they select the long tests, otherwise all other tests. The user's
 * arguments are added at the end, and select fewer tests.
 * @param {readonly string[]} given `--long`, and arguments for jest
 * @param {string} reportFile where jest writes its JSON report
 */
function jestArguments(given, reportFile) {
  const isLong = given.includes("--long");
  const projects = isLong ? ["long", "plugin", "containers"] : ["unit", "scenarios", "lifecycle-plugin"];
  const rest = given.filter((argument) => argument !== "--long");
  // `--json` ends the list of projects. Otherwise jest would read the user's pattern as another project.
  return ["--selectProjects", ...projects, "--json", `--outputFile=${reportFile}`, ...rest];
}

/**
 * Evaluates jest's JSON report. A file that could not be run contains no failed test, so the file itself counts as a
 * failed test.
 * @typedef {{ numPassedTests: number, numFailedTests: number, numPendingTests: number, numTodoTests: number,
 * numRuntimeErrorTestSuites: number, success: boolean, testResults: { name: string, assertionResults: { status: string,
 * fullName: string }[] }[] }} JestReport
 * @param {JestReport | undefined} report
 * @param {{ jestExit: number, strict: boolean }} options
 */
function summarize(report, { jestExit, strict }) {
  if (!report) return { line: "0 passed, 1 failed", leftOut: [], exitCode: jestExit === 0 ? 1 : jestExit };
  const skipped = report.numPendingTests + report.numTodoTests;
  // With `strict`, which CI sets, a skipped test counts as a failed test.
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
 * Finds the JSON line that the emulator prints when it is ready. The text may contain other lines too.
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
      // This line is not complete yet.
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
