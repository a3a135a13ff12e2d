/** The keywords of JSON Schema that the schema of the report uses. Every property that it describes is required. */
export interface Schema {
  readonly description?: string;
  readonly type?: Type | readonly Type[];
  readonly const?: number;
  readonly enum?: readonly string[];
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema;
}

type Type = "string" | "integer" | "number" | "boolean" | "null" | "array" | "object";

/** The TypeScript type of the values that a schema accepts. */
export type ValueOf<S> = S extends { readonly const: infer Value }
  ? Value
  : S extends { readonly enum: readonly (infer Word)[] }
    ? Word
    : S extends { readonly type: readonly (infer Each)[] }
      ? ValueOfType<Each, S>
      : S extends { readonly type: infer One }
        ? ValueOfType<One, S>
        : never;

interface Scalars {
  readonly string: string;
  readonly integer: number;
  readonly number: number;
  readonly boolean: boolean;
  readonly null: null;
}

type ValueOfType<T, S> = T extends keyof Scalars
  ? Scalars[T]
  : T extends "array"
    ? S extends { readonly items: infer Items }
      ? readonly ValueOf<Items>[]
      : never
    : S extends { readonly properties: infer Properties }
      ? { readonly [Key in keyof Properties]: ValueOf<Properties[Key]> }
      : S extends { readonly additionalProperties: infer Other }
        ? Readonly<Record<string, ValueOf<Other>>>
        : never;

const DRAFT = "https://json-schema.org/draft/2020-12/schema";

/** Returns a schema as a separate document. */
export function schemaDocument(schema: Schema, about: { readonly id: string; readonly title: string }): object {
  return { $schema: DRAFT, $id: about.id, title: about.title, ...withRequired(schema) };
}

function withRequired({ items, properties, ...schema }: Schema): object {
  return {
    ...schema,
    ...(items === undefined ? {} : { items: withRequired(items) }),
    ...(properties === undefined
      ? {}
      : {
          required: Object.keys(properties),
          properties: Object.fromEntries(Object.entries(properties).map(([name, one]) => [name, withRequired(one)])),
        }),
  };
}

/** A field of a report, for its row in the table of `docs/reference/ci.md`. */
export interface Field {
  /** The path of the field in the report, such as `executions[].name`. */
  readonly path: string;
  readonly type: string;
  readonly description: string;
}

/** Returns all fields of a schema and of the schemas inside it, in the order of the schema. */
export function fieldsOf({ properties = {} }: Schema, parent = ""): readonly Field[] {
  return Object.entries(properties).flatMap(([name, schema]) => {
    const path = `${parent}${name}`;
    const below = schema.items?.properties === undefined ? schema : schema.items;
    const prefix = below === schema ? `${path}.` : `${path}[].`;
    return [{ path, type: typeText(schema), description: schema.description ?? "" }, ...fieldsOf(below, prefix)];
  });
}

function typeText({ type = [], enum: words, const: value, items, additionalProperties }: Schema): string {
  if (value !== undefined) return `${value}`;
  if (words !== undefined) return words.map((word) => `"${word}"`).join(", ");
  const names = [type].flat().map((one) => {
    if (one === "array") return items === undefined ? one : `list of ${typeText(items)}`;
    return one === "object" && additionalProperties !== undefined ? `${typeText(additionalProperties)} by name` : one;
  });
  return names.join(" or ");
}
