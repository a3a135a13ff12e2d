/**
 * Loaded first by every Node process of a scenario's commands. Pulumi's SDK loads TypeScript, npm's arborist and OpenTelemetry in
 * each program and each dynamic provider, for what no scenario does: half of what a step costs. Here the first use loads them.
 */
const { existsSync, readFileSync } = require("node:fs");
const LARGE =
  /\/node_modules\/(typescript\/lib\/typescript|@npmcli\/arborist\/lib\/index|@opentelemetry\/(?!api\/)[^/]+\/build\/src\/index)\.js$/;
const load = require.extensions[".js"];
require.extensions[".js"] = (module, filename) => {
  if (!LARGE.test(filename)) return load(module, filename);
  let whole;
  const read = () => {
    if (whole === undefined) {
      module.exports = {};
      load(module, filename);
      whole = module.exports;
    }
    return whole;
  };
  module.exports = new Proxy({}, { get: (_target, name) => name === "__esModule" || read()[name] });
};

// The language host that tests build is older than this option, and has ts-node set up for programs in JavaScript, too.
const isJavaScript = existsSync("Pulumi.yaml") && readFileSync("Pulumi.yaml", "utf8").includes("typescript: false");
if (isJavaScript) delete process.env.PULUMI_NODEJS_TYPESCRIPT;
