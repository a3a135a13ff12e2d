import {
  ARTIFACT_FIELDS,
  CLOCKS,
  CREDENTIAL_KINDS,
  CREDENTIALS,
  credentialFields,
  RESOURCE_NAMES,
  resourceRow,
  type Shape,
} from "../../schema";
import { RETRY_CAUSES, RETRY_FIELDS } from "../../schema/compound/retries";
import { token } from "../../schema/type-tokens";

/** A part of a schema. */
export type Json = { readonly [key: string]: unknown };

/** Returns a type in the form of Pulumi's schema. An enum gets its name from `name`, the name of the argument. */
export function specOf(shape: Shape, name: string): Json {
  if ("choices" in shape) return { $ref: typeRef(capital(name)) };
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

/**
 * Returns a plain type, in which all parts are plain, too. If only a union were plain, its parts would be inputs. Then
 * a C# program could not pass a text, because C# converts no text to `Union<Input<string>, InputList<string>>`.
 */
export function plainSpecOf(shape: Shape, name: string): Json {
  return plainParts(specOf(shape, name));
}

function plainParts(spec: Json): Json {
  const { oneOf, items } = spec as { readonly oneOf?: readonly Json[]; readonly items?: Json };
  return {
    ...spec,
    ...(oneOf === undefined ? {} : { oneOf: oneOf.map(plainParts) }),
    ...(items === undefined ? {} : { items: plainParts(items) }),
    plain: true,
  };
}

/** Returns the types that the arguments use. */
export function typeSchemas(): Json {
  return { ...enums(), ...clocks(), ...retries(), ...artifact(), ...credentials() };
}

function enums(): Json {
  const named = RESOURCE_NAMES.flatMap((resource) => {
    const { inputs, enumPrefix } = resourceRow(resource);
    return Object.entries(inputs).flatMap(([name, { type, doc }]) => {
      if (!("choices" in type.shape)) return [];
      const { choices, meanings = {} } = type.shape;
      const values = choices.map((word) => enumValue(word, meanings[word]));
      const schema = { type: "string", description: doc, enum: values };
      return [[token(`${enumPrefix}${capital(name)}`), schema]];
    });
  });
  return Object.fromEntries(named);
}

/**
 * Returns the name of an enum's member for a value. In Go, the constant's name is the name of the type, followed by
 * this name. The value `output` needs another name, because Go already has a type `XOutput` for every type `X`.
 */
export function memberOf(word: string): string {
  return word === "output" ? "LatestOutput" : capital(word);
}

/** Returns one value of an enum in the schema. Leaves out a name that Pulumi's generators choose by themselves. */
function enumValue(value: string, description: string | undefined): Json {
  const name = memberOf(value);
  return {
    ...(name === capital(value) ? {} : { name }),
    value,
    ...(description === undefined ? {} : { description }),
  };
}

function clocks(): Json {
  const properties = Object.entries(CLOCKS).map(([name, description]) => [name, { type: "number", description }]);
  return {
    [token("ComposeExecutionClocks")]: {
      type: "object",
      description: "Deadlines of a wait in seconds.",
      properties: Object.fromEntries(properties),
    },
  };
}

function retries(): Json {
  const { attempts, on } = RETRY_FIELDS;
  const causes = Object.entries(RETRY_CAUSES).map(([cause, meaning]) => enumValue(cause, meaning));
  return {
    [token("RetryCause")]: { type: "string", description: "A failure after which another run starts.", enum: causes },
    [token("ComposeExecutionRetries")]: {
      type: "object",
      description: "How often another run starts within one `up`, and after which failures.",
      properties: {
        attempts: { type: "integer", description: attempts.doc },
        on: { type: "array", items: { $ref: typeRef("RetryCause") }, description: on.doc },
      },
      required: ["attempts"],
    },
  };
}

function artifact(): Json {
  const fields = Object.entries(ARTIFACT_FIELDS);
  return {
    [token("ComposeExecutionArtifact")]: {
      type: "object",
      description: "A file that a run leaves in the bucket.",
      properties: Object.fromEntries(fields.map(([name, { doc }]) => [name, { type: "string", description: doc }])),
      required: fields.flatMap(([name, { required }]) => (required ? [name] : [])),
    },
  };
}

function credentials(): Json {
  const kinds = CREDENTIAL_KINDS.map((kind) => {
    const fields = credentialFields(kind) ?? [];
    const properties = fields.map(([name, { secret, apiField, note, doc }]) => [
      name,
      {
        type: "string",
        ...(secret ? { secret: true } : {}),
        description: `${doc}. API field \`${apiField}\`${note === undefined ? "" : `; ${note}`}.`,
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
  return Object.fromEntries(kinds);
}

function credentialMapping(): Json {
  return Object.fromEntries(CREDENTIAL_KINDS.map((kind) => [kind, typeRef(CREDENTIALS[kind].name)]));
}

/** Returns a reference to a type of the package. */
export function typeRef(name: string): string {
  return `#/types/${token(name)}`;
}

/** Returns the name of a type: the argument's name with a capital first letter. */
export function capital(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}
