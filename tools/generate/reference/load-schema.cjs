// @ts-check The tables of provider/schema and the schema of the plugin, read from their TypeScript: the generators run
//   before anything is built.
const { transformFileSync } = require("@swc/core");

/**
 * @param {NodeModule & { _compile?: (code: string, file: string) => void }} module
 * @param {string} file
 */
require.extensions[".ts"] = (module, file) => {
  const { code } = transformFileSync(file, {
    configFile: false,
    swcrc: false,
    jsc: { parser: { syntax: "typescript" }, target: "es2022", transform: { useDefineForClassFields: false } },
    module: { type: "commonjs" },
  });
  module._compile?.(code, file);
};

const { ARTIFACT_FIELDS } = require("../../../provider/schema/compound/artifacts");
const { ARGUMENT_OUTPUTS } = require("../../../provider/schema/argument-outputs");
const { CLOCKS } = require("../../../provider/schema/compound/clocks");
const { RETRY_CAUSES, RETRY_FIELDS } = require("../../../provider/schema/compound/retries");
const { RESOURCES } = require("../../../provider/schema/resources");
const { CREDENTIALS, CREDENTIAL_TYPE_FIELD } = require("../../../provider/schema/compound/credentials");
const { FUNCTIONS } = require("../../../provider/schema/functions");
const { OBJECTS } = require("../../../provider/schema/objects");
const { SETTINGS } = require("../../../provider/lyceum/configuration/settings");
const { fullDoc } = require("../../../provider/schema/rows");
const { memberOf } = require("../../../provider/hosts/plugin/type-schemas");
const { REPOSITORY } = require("../../../provider/hosts/plugin/publisher");
const { packageSchema } = require("../../../provider/hosts/plugin/schema");

/** @type {[string, import("../../../provider/schema/resources").ResourceRow][]} */
const resources = Object.entries(RESOURCES);
/** @param {string} name */
const rowsOf = (name) => resources.find(([each]) => each === name)?.[1] ?? { inputs: {}, outputs: {} };
/** The arguments and outputs of an execution. */
const [inputs, outputs] = [
  Object.entries(rowsOf("ComposeExecution").inputs),
  Object.entries(rowsOf("ComposeExecution").outputs),
];
/**
 * @type {{ kind: string, summary: string, name: string, example: string, fields: [string, import("../../../provider/schema/compound/credentials").CredentialField][] }[]}
 */
const credentials = Object.entries(CREDENTIALS).map(([kind, row]) => ({
  kind,
  ...row,
  fields: Object.entries(row.fields),
}));

/** @type {[string, import("../../../provider/schema/functions").FunctionRow][]} */
const functions = Object.entries(FUNCTIONS);
/**
 * @type {[string, { doc: string, example: string, fields: Readonly<Record<string, import("../../../provider/schema/rows").ValueRow>> }][]}
 */
const objects = Object.entries(OBJECTS);
/** @type {[string, import("../../../provider/lyceum/configuration/settings").SettingRow][]} */
const settings = Object.entries(SETTINGS);

module.exports = {
  resources,
  inputs,
  outputs,
  /** @type {readonly string[]} */
  argumentOutputs: ARGUMENT_OUTPUTS,
  credentials,
  functions,
  objects,
  settings,
  artifactFields: Object.entries(ARTIFACT_FIELDS),
  clocks: Object.entries(CLOCKS),
  retryFields: Object.entries(RETRY_FIELDS),
  /** @type {Readonly<Record<string, string>>} */
  retryCauses: RETRY_CAUSES,
  typeField: CREDENTIAL_TYPE_FIELD,
  fullDoc,
  memberOf,
  packageSchema,
  repository: REPOSITORY,
};
