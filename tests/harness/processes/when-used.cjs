/**
 * Loaded first by every Node process of a scenario's commands. Pulumi's SDK loads TypeScript, its Automation API, npm's arborist and
 * OpenTelemetry in each program and each dynamic provider, for what no scenario does: half of what a step costs. Here the first use
 * loads them.
 */
const { existsSync, readFileSync } = require("node:fs");
const LARGE =
  /\/node_modules\/(typescript\/lib\/typescript|@pulumi\/pulumi\/automation\/index|@npmcli\/arborist\/lib\/index|@opentelemetry\/(?!api\/)[^/]+\/build\/src\/index)\.js$/;
// Each resource and each promise asks where it was made, and the maps of the SDK's own files would be read for it: they count as empty.
const MAPS = "/node_modules/source-map-support/source-map-support.js";
const map = { version: 3, sources: [], names: [], mappings: "" };
const retrieveSourceMap = (file) => (file.includes("/node_modules/") ? { url: file, map } : null);
const load = require.extensions[".js"];
require.extensions[".js"] = (module, filename) => {
  if (!LARGE.test(filename)) {
    load(module, filename);
    if (filename.endsWith(MAPS)) module.exports.install({ retrieveSourceMap });
    return;
  }
  let whole;
  const read = () => {
    if (whole === undefined) {
      module.exports = {};
      load(module, filename);
      whole = module.exports;
    }
    return whole;
  };
  module.exports = new Proxy(
    {},
    {
      get: (_target, name) => name === "__esModule" || read()[name],
      // An ES module that imports it asks first whether it has the name.
      getOwnPropertyDescriptor: (_target, name) =>
        name in read() ? { value: read()[name], configurable: true } : undefined,
    },
  );
};

// The language host that tests build is older than this option, and has ts-node set up for programs in JavaScript, too.
const isJavaScript = existsSync("Pulumi.yaml") && readFileSync("Pulumi.yaml", "utf8").includes("typescript: false");
if (isJavaScript) delete process.env.PULUMI_NODEJS_TYPESCRIPT;
