// The tables of provider/schema and the schema of the plugin, read from their TypeScript: the generators run before anything is built.
const { readFileSync } = require("node:fs");
const { join } = require("node:path");
const ts = require("typescript");

const compilerOptions = { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 };

/**
 * @param {NodeModule & { _compile?: (code: string, file: string) => void }} module
 * @param {string} file
 */
require.extensions[".ts"] = (module, file) => {
  const { outputText } = ts.transpileModule(readFileSync(file, "utf8"), { compilerOptions });
  module._compile?.(outputText, file);
};

const folder = join(__dirname, "../../../provider/schema");
/** @type {typeof import("../../../provider/schema/handling-inputs")} */
const { CLOCKS } = require(join(folder, "handling-inputs"));
/** @type {typeof import("../../../provider/schema/inputs")} */
const { INPUTS } = require(join(folder, "inputs"));
/** @type {typeof import("../../../provider/schema/outputs")} */
const { OUTPUTS } = require(join(folder, "outputs"));
/** @type {typeof import("../../../provider/schema/credentials")} */
const { CREDENTIALS, CREDENTIAL_TYPE_FIELD } = require(join(folder, "credentials"));

/** @type {typeof import("../../../provider/schema/functions")} */
const { FUNCTIONS } = require(join(folder, "functions"));
/** @type {typeof import("../../../provider/schema/objects")} */
const { OBJECTS } = require(join(folder, "objects"));
/** @type {typeof import("../../../provider/lyceum/configuration/settings")} */
const { SETTINGS } = require(join(folder, "../lyceum/configuration/settings"));
/** @type {typeof import("../../../provider/hosts/plugin/schema")} */
const { packageSchema } = require(join(__dirname, "../../../provider/hosts/plugin/schema"));

/** @type {[string, import("../../../provider/schema/rows").InputRow][]} */
const inputs = Object.entries(INPUTS);
/** @type {[string, import("../../../provider/schema/rows").OutputRow][]} */
const outputs = Object.entries(OUTPUTS);
/** @type {{ kind: string, summary: string, name: string, example: string, fields: [string, import("../../../provider/schema/credentials").CredentialField][] }[]} */
const credentials = Object.entries(CREDENTIALS).map(([kind, { summary, name, example, fields }]) => ({
  kind,
  summary,
  name,
  example,
  fields: Object.entries(fields),
}));

/** @type {[string, import("../../../provider/schema/functions").FunctionRow][]} */
const functions = Object.entries(FUNCTIONS);
/** @type {[string, { doc: string, example: string, fields: Readonly<Record<string, import("../../../provider/schema/rows").ValueRow>> }][]} */
const objects = Object.entries(OBJECTS);
/** @type {[string, import("../../../provider/lyceum/configuration/settings").SettingRow][]} */
const settings = Object.entries(SETTINGS);

module.exports = {
  inputs,
  outputs,
  credentials,
  functions,
  objects,
  settings,
  clocks: Object.entries(CLOCKS),
  typeField: CREDENTIAL_TYPE_FIELD,
  packageSchema,
};
