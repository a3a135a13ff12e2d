/**
 * Loaded first by every Node process of a scenario's commands. Pulumi's SDK loads TypeScript, npm's arborist and OpenTelemetry in
 * each program and each dynamic provider, for what no scenario does: half of what a step costs. Here the first use loads them.
 */
const { existsSync, readFileSync } = require("node:fs");
const Module = require("node:module");

const load = Module._load;
Module._load = function (request, parent, isMain) {
  const isLarge = /^(typescript$|@npmcli\/arborist$|@opentelemetry\/(?!api$))/.test(request);
  if (!isLarge || !parent?.path.includes("@pulumi/pulumi")) return load.call(this, request, parent, isMain);
  const get = (_target, name) => name === "__esModule" || load.call(this, request, parent, isMain)[name];
  return new Proxy({}, { get });
};

// The language host that tests build is older than this option, and has ts-node set up for programs in JavaScript, too.
const isJavaScript = existsSync("Pulumi.yaml") && readFileSync("Pulumi.yaml", "utf8").includes("typescript: false");
if (isJavaScript) delete process.env.PULUMI_NODEJS_TYPESCRIPT;
