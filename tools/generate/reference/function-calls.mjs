// Makes the texts of sdk/function-calls.generated.ts and sdk/plugin/function-calls.generated.ts. Each file has the
// functions for one host.
import schema from "./load-schema.cjs";
import { capital, generatedFrom, tsdoc } from "./sentences.mjs";

/**
 * The texts that differ between the two hosts.
 * @typedef {{ readonly importFrom: string, readonly packageName: string, readonly how: string, readonly options: (form: "plain" | "output") => readonly string[], readonly call: (form: "plain" | "output", name: string, type: string) => string, readonly imports: readonly string[] }} Host
 */

/** @type {Host} */
const dynamic = {
  importFrom: "./functions.generated",
  packageName: "pulumi-lyceum",
  how: "Needs the API key where the program runs, at preview too.",
  options: () => [],
  call: (form, name, type) =>
    form === "plain" ? `callFunction<${type}>("${name}", args)` : `callFunctionOutput<${type}>("${name}", args)`,
  imports: [
    'import type * as pulumi from "@pulumi/pulumi";',
    'import { callFunction, callFunctionOutput } from "./call-function";',
  ],
};

/** @type {Host} */
const plugin = {
  importFrom: "../functions.generated",
  packageName: "pulumi-lyceum/plugin",
  how: "Asks the plugin, with the settings of its provider.",
  options: (form) => [`opts: pulumi.${form === "plain" ? "InvokeOptions" : "InvokeOutputOptions"} = {}`],
  call: (form, name) =>
    form === "plain"
      ? `pulumi.runtime.invoke("lyceum:index:${name}", { ...args }, opts)`
      : `pulumi.runtime.invokeOutput("lyceum:index:${name}", { ...args }, opts)`,
  imports: ['import * as pulumi from "@pulumi/pulumi";'],
};

/**
 * @param {Host} host
 * @param {readonly [string, import("../../../provider/schema/functions.js").FunctionRow]} entry
 */
function callsOf(host, [name, { doc, inputs, outputs, example }]) {
  const [args, result] = [`${capital(name)}Args`, `${capital(name)}Result`];
  const absent = Object.values(inputs).some(({ required }) => required) ? "" : " = {}";
  const first = Object.keys(outputs).find((output) => output !== "executionId");
  const given = example === "" ? "" : `{ ${example} }`;
  const used = `import { ${name} } from "${host.packageName}";\nexport const ${first} = ${name}(${given}).then((result) => result.${first});`;
  const example_ = example.startsWith("executionId")
    ? `import { ComposeExecution, ${name}Output } from "${host.packageName}";\nconst job = new ComposeExecution("job", { composeFile: "compose.yaml", waitFor: "completed" });\nexport const ${first} = ${name}Output({ executionId: job.executionId }).${first};`
    : `import { ${name}Output } from "${host.packageName}";\nexport const ${first} = ${name}Output(${given}).${first};`;
  return [
    tsdoc(`${doc} ${host.how} An output among the arguments goes to {@link ${name}Output}.`, "", used),
    `export function ${name}(${[`args: ${args}${absent}`, ...host.options("plain")].join(", ")}): Promise<${result}> {`,
    `  return ${host.call("plain", name, result)};`,
    "}",
    "",
    tsdoc(
      `As {@link ${name}}, for arguments that are outputs; an unknown one at preview gives an unknown result.`,
      "",
      example_,
    ),
    `export function ${name}Output(${[`args: FunctionOutputArgs<${args}>${absent}`, ...host.options("output")].join(", ")}): pulumi.Output<${result}> {`,
    `  return ${host.call("output", name, result)};`,
    "}",
    "",
  ].join("\n");
}

/** @param {Host} host */
function textFor(host) {
  const types = schema.functions.flatMap(([name]) => [`${capital(name)}Args`, `${capital(name)}Result`]);
  const imported = ["FunctionOutputArgs", ...types].sort().map((type) => `  ${type},\n`);
  return [
    generatedFrom("provider/schema"),
    ...host.imports,
    `import type {\n${imported.join("")}} from "${host.importFrom}";\n`,
    ...schema.functions.map((entry) => callsOf(host, entry)),
  ].join("\n");
}

/** @returns {string} */
export const functionCallsText = () => textFor(dynamic);
/** @returns {string} */
export const pluginFunctionCallsText = () => textFor(plugin);
