/**
 * Every Node process of a scenario's commands loads this file first. With it, Pulumi's SDK loads some large modules
 * only when they are used: TypeScript, the Automation API, npm's arborist and OpenTelemetry. Without it, each program
 * and each dynamic provider would load these modules, which takes half of the time of a step. No scenario needs them.
 */
const { existsSync, readFileSync } = require("node:fs");
const LARGE =
  /\/node_modules\/(typescript\/lib\/typescript|@pulumi\/pulumi\/automation\/index|@npmcli\/arborist\/lib\/index|@opentelemetry\/(?!api\/)[^/]+\/build\/src\/index)\.js$/;
// The SDK records where each resource and each promise was made. For this, Node would read the source maps of the SDK's
// files. Here, these source maps count as empty.
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
      // An ES module that imports a name from this module first checks whether the module has this name.
      getOwnPropertyDescriptor: (_target, name) =>
        name in read() ? { value: read()[name], configurable: true } : undefined,
    },
  );
};

// The language host that tests build is older than this option, and loads ts-node even for programs in JavaScript.
const isJavaScript = existsSync("Pulumi.yaml") && readFileSync("Pulumi.yaml", "utf8").includes("typescript: false");
if (isJavaScript) delete process.env.PULUMI_NODEJS_TYPESCRIPT;
