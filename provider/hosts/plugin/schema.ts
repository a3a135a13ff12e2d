import { SETTING_NAMES, type SettingName, settingRow } from "../../lyceum/configuration/settings";
import {
  type ArgumentRow,
  FUNCTION_NAMES,
  fullDoc,
  functionRow,
  OBJECTS,
  RESOURCE_NAMES,
  type ResourceName,
  resourceRow,
  type Shape,
  type ShownOutput,
  type ValueRow,
} from "../../schema";
import { PACKAGE, token } from "../../schema/type-tokens";
import { EXAMPLES } from "./examples.generated";
import { LIST_INPUTS } from "./list";
import { DOTNET_NAMESPACE, GO_PACKAGE, PUBLICATION, REPOSITORY } from "./publisher";
import { capital, type Json, plainSpecOf, specOf, typeRef, typeSchemas } from "./type-schemas";

/** A sentence about error codes, for readers of Pulumi's Registry. */
const CODES =
  "A code such as LYC3009 is an [error](docs/reference/errors.md), or a [diagnostic](docs/reference/diagnostics.md) of the Compose document.";

const DESCRIPTION = "Docker Compose executions on Lyceum Cloud.";

/**
 * Returns the package in Pulumi's schema, made from the tables in `provider/schema`.
 *
 * @param version version of the package
 */
export function packageSchema(version: string): Json {
  return withWebLinks({
    name: PACKAGE,
    displayName: "Lyceum Cloud",
    version,
    description: DESCRIPTION,
    keywords: ["pulumi", "lyceum", "docker-compose", "gpu", "category/cloud", "kind/native"],
    license: "Apache-2.0",
    ...PUBLICATION,
    // With this setting, the Go SDK contains a go.mod.
    meta: { moduleFormat: "(.*)", supportPack: true },
    // The settings of the stack have no enum type here, because the Node.js SDK would read a configuration value of an
    // enum type as JSON, and fail. Each setting names its environment variables. The inputs of the provider resource do
    // not name them: an SDK would pass the value of a variable as an input, and the state would contain the API key.
    config: { variables: settings(environmentOf) },
    provider: {
      description:
        "The account at Lyceum. Each setting may also come from the environment, or from the login file of Lyceum's command line.",
      // A setting with choices has the enum of the argument of a resource that has the same name.
      inputProperties: settings((name) =>
        settingRow(name).choices === undefined ? {} : { $ref: typeRef(capital(name)) },
      ),
    },
    types: { ...typeSchemas(), ...objectSchemas() },
    resources: Object.fromEntries(RESOURCE_NAMES.map((name) => [token(name), resource(name)])),
    functions: functionSchemas(),
    language: {
      // A program that `pulumi convert` writes imports this published package, and not a generated SDK.
      nodejs: { packageName: "pulumi-lyceum", respectSchemaVersion: true },
      python: {
        packageName: "pulumi_lyceum",
        respectSchemaVersion: true,
        pyproject: { enabled: true },
        // Pulumi's own SDK requires the same version of Python.
        pythonRequires: ">=3.10",
        readme: `# Lyceum Cloud for Pulumi\n\n${DESCRIPTION} The documentation is in [the repository](${REPOSITORY}#readme).\n`,
      },
      go: { importBasePath: GO_PACKAGE, respectSchemaVersion: true, generateResourceContainerTypes: true },
      csharp: { rootNamespace: DOTNET_NAMESPACE, respectSchemaVersion: true },
      java: { buildFiles: "gradle" },
    },
  });
}

/** Gives each link to a page of the repository the address of the page on the web. */
function withWebLinks(schema: Json): Json {
  return JSON.parse(JSON.stringify(schema).replaceAll("](docs/", `](${REPOSITORY}/blob/main/docs/`));
}

/** Returns the schema of the stack's settings. The inputs of the provider resource are the same settings. */
function settings(more: (name: SettingName) => Json): Json {
  const properties = SETTING_NAMES.map((name) => {
    const { doc, secret, choices = [], variables } = settingRow(name);
    const words = [
      doc,
      choices.length === 0 ? "" : ` One of ${choices.map((word) => `\`${word}\``).join(", ")}.`,
      variables[0] === undefined ? "" : ` Environment: \`${variables[0]}\`.`,
    ];
    return [
      name,
      {
        type: "string",
        ...more(name),
        ...(secret === true ? { secret: true } : {}),
        description: words.join(""),
      },
    ];
  });
  return Object.fromEntries(properties);
}

function environmentOf(name: SettingName): Json {
  const { variables } = settingRow(name);
  return variables.length === 0 ? {} : { defaultInfo: { environment: variables } };
}

/** The resource types whose objects the plugin can list. */
const LISTED: readonly ResourceName[] = ["ComposeExecution"];

function resource(name: ResourceName): Json {
  const { doc, inputs, outputs, enumPrefix } = resourceRow(name);
  const shown = Object.entries(outputs).filter(([, row]) => row.public === true);
  const required = Object.entries(inputs).flatMap(([input, row]) => (row.required === true ? [input] : []));
  return {
    description: withExample(name, doc),
    inputProperties: Object.fromEntries(
      Object.entries(inputs).map(([input, row]) => [input, argument(`${enumPrefix}${capital(input)}`, row)]),
    ),
    ...(required.length === 0 ? {} : { requiredInputs: required }),
    properties: Object.fromEntries(shown.map(([output, row]) => [output, outputSchema(output, row)])),
    required: shown.flatMap(([output, row]) => (row.fallback === undefined ? [] : [output])),
    ...(LISTED.includes(name) ? { listInputs: LIST_INPUTS } : {}),
  };
}

function argument(name: string, row: ArgumentRow): Json {
  const { shape } = row.type;
  const limits = "limits" in row.type ? row.type.limits : undefined;
  const words = [
    fullDoc(row),
    limits === undefined ? "" : ` Limits: ${limits}.`,
    row.defaultWords === undefined ? "" : ` Default: ${row.defaultWords}.`,
  ];
  return {
    // A program cannot pass an output to a plain input. So the value is known at preview, and `check` reads it before
    // the engine decides about a replacement.
    ...(row.plain === true ? plainSpecOf(shape, name) : specOf(shape, name)),
    ...(isConstant(row.default) ? { default: row.default } : {}),
    ...(row.secret === true ? { secret: true } : {}),
    // This mark is only for the documentation. The arguments of the Compose document do not have this mark, because not
    // every change of them starts a new run.
    ...(row.role === "identity" ? { willReplaceOnChanges: true } : {}),
    description: words.join(""),
  };
}

function outputSchema(name: string, { type, secret, doc }: ShownOutput): Json {
  return { ...specOf(withoutEnum(type.shape), name), ...(secret === true ? { secret: true } : {}), description: doc };
}

/**
 * Returns the type of an output. In place of an enum, the output has a string, because an older state may contain a
 * value that is no longer in the enum.
 */
function withoutEnum(shape: Shape): Shape {
  if ("choices" in shape) return { type: "string" };
  return shape;
}

function isConstant(value: unknown): value is string | number | boolean {
  return ["string", "number", "boolean"].includes(typeof value);
}

/** Returns the functions in Pulumi's schema, made from the table in `provider/schema`. */
function functionSchemas(): Json {
  const schemas = FUNCTION_NAMES.map((name) => {
    const { doc, inputs, outputs } = functionRow(name);
    return [token(name), { description: withExample(name, doc), inputs: objectOf(inputs), outputs: objectOf(outputs) }];
  });
  return Object.fromEntries(schemas);
}

function withExample(name: string, doc: string): string {
  return `${doc}\n\n${CODES}\n\n${EXAMPLES[name]}`;
}

/** Returns the object types in the arguments and answers of functions, and in the outputs of resources. */
function objectSchemas(): Json {
  return Object.fromEntries(
    Object.entries(OBJECTS).map(([name, { doc, fields }]) => [
      token(name),
      { type: "object", description: doc, ...objectOf(fields) },
    ]),
  );
}

/** Returns an object type. Leaves out empty parts, because the engine also leaves them out when it prints a schema. */
function objectOf(rows: Readonly<Record<string, ValueRow>>): Json {
  const properties = Object.entries(rows).map(([name, { type, shape, secret, whenAbsent, apiField, doc }]) => {
    const limits = type.limits === undefined ? "" : ` Limits: ${type.limits}.`;
    const fallback = whenAbsent === undefined ? "" : ` Default: ${whenAbsent}.`;
    const field = apiField === undefined ? "" : ` API field \`${apiField}\`.`;
    return [
      name,
      {
        ...specOf(shape ?? type.shape, name),
        ...(secret === true ? { secret: true } : {}),
        description: `${doc}${limits}${fallback}${field}`,
      },
    ];
  });
  const required = Object.entries(rows).flatMap(([name, row]) => (row.required === true ? [name] : []));
  return {
    ...(properties.length === 0 ? {} : { properties: Object.fromEntries(properties) }),
    ...(required.length === 0 ? {} : { required }),
  };
}
