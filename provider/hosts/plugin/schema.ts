import { SETTING_NAMES, settingRow } from "../../lyceum/settings";
import { PACKAGE, token } from "../../pulumi/type-tokens";
import { ARGUMENTS, inputRow, outputRow, PUBLIC_OUTPUTS } from "../../schema";
import { functionSchemas, objectSchemas } from "./function-schemas";
import { LIST_INPUTS } from "./list";
import { type Json, specOf, typeSchemas } from "./type-schemas";

/**
 * The package as Pulumi's schema describes it, for programs in any language: derived from the tables in `provider/schema`.
 *
 * @param version of the package
 */
export function packageSchema(version: string): Json {
  return {
    name: PACKAGE,
    displayName: "Lyceum Cloud",
    version,
    description: "Docker Compose executions on Lyceum Cloud.",
    keywords: ["pulumi", "lyceum", "docker-compose", "kind/native"],
    license: "Apache-2.0",
    // With this, an SDK in Go comes with its go.mod.
    meta: { moduleFormat: "(.*)", supportPack: true },
    config: { variables: settings() },
    provider: {
      description:
        "The account at Lyceum. Each setting may also come from the environment, or from the login file of Lyceum's command line.",
      inputProperties: settings(),
    },
    types: { ...typeSchemas(), ...objectSchemas() },
    resources: {
      [token("ComposeExecution")]: {
        description:
          "One run of a Docker Compose project on Lyceum Cloud. Creating it starts the run, refreshing reads its status, deleting it aborts the run with its grace period.",
        inputProperties: Object.fromEntries(ARGUMENTS.map((name) => [name, argument(name)])),
        properties: Object.fromEntries(PUBLIC_OUTPUTS.map((name) => [name, output(name)])),
        required: PUBLIC_OUTPUTS.filter((name) => outputRow(name).fallback !== undefined),
        listInputs: LIST_INPUTS,
      },
    },
    functions: functionSchemas(),
    language: {
      nodejs: { packageName: "pulumi-lyceum-sdk", respectSchemaVersion: true },
      python: { packageName: "pulumi_lyceum", respectSchemaVersion: true, pyproject: { enabled: true } },
      go: { respectSchemaVersion: true, generateResourceContainerTypes: true },
      csharp: { respectSchemaVersion: true },
      java: { buildFiles: "gradle" },
    },
  };
}

/** Settings of the stack (`lyceum:apiKey` and so on), which are the inputs of the provider resource, too. */
function settings(): Json {
  const properties = SETTING_NAMES.map((name) => {
    const { doc, secret, choices = [], variables } = settingRow(name);
    const words = [
      doc,
      choices.length === 0 ? "" : ` One of ${choices.map((word) => `\`${word}\``).join(", ")}.`,
      variables[0] === undefined ? "" : ` Environment: \`${variables[0]}\`.`,
    ];
    return [name, { type: "string", ...(secret === true ? { secret: true } : {}), description: words.join("") }];
  });
  return Object.fromEntries(properties);
}

function argument(name: (typeof ARGUMENTS)[number]): Json {
  const row = inputRow(name);
  const { shape } = row.type;
  const limits = "limits" in row.type ? row.type.limits : undefined;
  const words = [
    row.doc,
    limits === undefined ? "" : ` Limits: ${limits}.`,
    row.defaultWords === undefined ? "" : ` Default: ${row.defaultWords}.`,
  ];
  return {
    ...specOf(shape, name),
    ...(isConstant(row.default) ? { default: row.default } : {}),
    ...(row.secret === true ? { secret: true } : {}),
    // The program's own value counts: the engine must not replace a resource before check has seen it.
    ...(row.plain === true ? { plain: true } : {}),
    description: words.join(""),
  };
}

function output(name: (typeof PUBLIC_OUTPUTS)[number]): Json {
  const { type, secret, doc } = outputRow(name);
  return { ...specOf(type.shape, name), ...(secret === true ? { secret: true } : {}), description: doc };
}

function isConstant(value: unknown): value is string | number | boolean {
  return ["string", "number", "boolean"].includes(typeof value);
}
