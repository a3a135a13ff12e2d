import {
  ARGUMENTS,
  CLOCKS,
  CREDENTIAL_KINDS,
  CREDENTIALS,
  credentialFields,
  inputRow,
  outputRow,
  PUBLIC_OUTPUTS,
  type Shape,
} from "../../schema";
import { PACKAGE, token } from "../tokens";
import { functionSchemas } from "./function-schemas";

type Json = { readonly [key: string]: unknown };

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
    meta: { moduleFormat: "(.*)" },
    config: { variables: settings() },
    provider: {
      description:
        "The account at Lyceum. Each setting may also come from the environment, or from the login file of Lyceum's command line.",
      inputProperties: settings(),
    },
    types: { ...enums(), ...objects() },
    resources: {
      [token("ComposeExecution")]: {
        description:
          "One run of a Docker Compose project on Lyceum Cloud. Creating it starts the run, refreshing reads its status, deleting it aborts the run with its grace period.",
        inputProperties: Object.fromEntries(ARGUMENTS.map((name) => [name, argument(name)])),
        properties: Object.fromEntries(PUBLIC_OUTPUTS.map((name) => [name, output(name)])),
        required: PUBLIC_OUTPUTS.filter((name) => outputRow(name).fallback !== undefined),
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
  return {
    apiKey: { type: "string", secret: true, description: "API key (`lk_…`) or token. Environment: `LYCEUM_API_KEY`." },
    baseUrl: { type: "string", description: "Base URL of the API. Environment: `LYCEUM_BASE_URL`." },
    orgSlug: { type: "string", description: "Slug of the organization, for a token. Environment: `LYCEUM_ORG_SLUG`." },
    whenUnverified: {
      type: "string",
      description:
        "`start` or `fail`: what to do when the lookup before a start is incomplete, for resources without this argument.",
    },
  };
}

function argument(name: (typeof ARGUMENTS)[number]): Json {
  const row = inputRow(name);
  const { shape } = row.type;
  const limits = "limits" in row.type ? row.type.limits : undefined;
  const words = [
    row.doc,
    limits === undefined ? "" : ` ${capital(limits)}.`,
    row.defaultWords === undefined ? "" : ` Default: ${row.defaultWords}.`,
  ];
  return {
    ...specOf(shape, capital(name)),
    ...(isConstant(row.default) ? { default: row.default } : {}),
    ...(row.secret === true ? { secret: true } : {}),
    // The program's own value counts: the engine must not replace a resource before check has seen it.
    ...(row.plain === true ? { plain: true } : {}),
    description: words.join(""),
  };
}

function output(name: (typeof PUBLIC_OUTPUTS)[number]): Json {
  const { type, secret, doc } = outputRow(name);
  return { ...specOf(type.shape, capital(name)), ...(secret === true ? { secret: true } : {}), description: doc };
}

/** A shape as the schema writes it; `name` is that of the type of an argument with a few words. */
function specOf(shape: Shape, name: string): Json {
  if ("choices" in shape) return { $ref: typeRef(name) };
  if ("fields" in shape) return { $ref: typeRef(shape.fields) };
  if ("items" in shape) return { type: "array", items: specOf(shape.items, name) };
  if ("values" in shape) return { type: "object", additionalProperties: specOf(shape.values, name) };
  if ("anyOf" in shape) {
    const isCredentials = shape.anyOf.every((part) => "fields" in part);
    return {
      oneOf: shape.anyOf.map((part) => specOf(part, name)),
      ...(isCredentials ? { discriminator: { propertyName: "type", mapping: credentialMapping() } } : {}),
    };
  }
  return shape.type === "any" ? { $ref: "pulumi.json#/Any" } : { type: shape.type };
}

function credentialMapping(): Json {
  return Object.fromEntries(CREDENTIAL_KINDS.map((kind) => [kind, typeRef(CREDENTIALS[kind].name)]));
}

function enums(): Json {
  const named = ARGUMENTS.flatMap((name) => {
    const { shape } = inputRow(name).type;
    if (!("choices" in shape)) return [];
    const description = inputRow(name).doc;
    return [[token(capital(name)), { type: "string", description, enum: shape.choices.map((value) => ({ value })) }]];
  });
  return Object.fromEntries(named);
}

function objects(): Json {
  const clocks = Object.entries(CLOCKS).map(([name, description]) => [name, { type: "number", description }]);
  const kinds = CREDENTIAL_KINDS.map((kind) => {
    const fields = credentialFields(kind) ?? [];
    const properties = fields.map(([name, { secret, apiField, note }]) => [
      name,
      {
        type: "string",
        ...(secret ? { secret: true } : {}),
        description: `API field \`${apiField}\`${note === undefined ? "" : `; ${note}`}.`,
      },
    ]);
    return [
      token(CREDENTIALS[kind].name),
      {
        type: "object",
        description: `${CREDENTIALS[kind].summary}.`,
        properties: {
          type: { type: "string", const: kind, description: "The kind of credentials." },
          ...Object.fromEntries(properties),
        },
        required: ["type", ...fields.filter(([, { required }]) => required).map(([name]) => name)],
      },
    ];
  });
  return {
    [token("ComposeExecutionClocks")]: {
      type: "object",
      description: "Deadlines of a wait in seconds.",
      properties: Object.fromEntries(clocks),
    },
    ...Object.fromEntries(kinds),
  };
}

function typeRef(name: string): string {
  return `#/types/${token(name)}`;
}

function isConstant(value: unknown): value is string | number | boolean {
  return ["string", "number", "boolean"].includes(typeof value);
}

function capital(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}
