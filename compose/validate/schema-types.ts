import type { ComposeNode } from "../model/model";
import { isDate } from "../yaml/structure";
import type { Schema, SchemaType } from "./schema";
import { SCHEMA_DEFINITIONS } from "./schema.generated";

/** The names of types in messages. */
export const TYPE_NAMES: Readonly<Record<SchemaType, string>> = {
  null: "empty",
  boolean: "true or false",
  integer: "a whole number",
  number: "a number",
  string: "a string",
  array: "a list",
  object: "a mapping",
};

/** Returns the schema to which `$ref` refers. Returns a schema without `$ref` unchanged. */
export function resolve(schema: Schema): Schema {
  return schema.$ref === undefined ? schema : resolve(SCHEMA_DEFINITIONS[schema.$ref] ?? {});
}

const knownTypes = new Map<Schema, readonly SchemaType[]>();

/** Returns the types that a schema allows, or an empty list if the schema allows all types. */
export function typesOf(schema: Schema): readonly SchemaType[] {
  const resolved = resolve(schema);
  const known = knownTypes.get(resolved);
  if (known !== undefined) return known;
  const { oneOf, type } = resolved;
  const types = oneOf?.flatMap(typesOf) ?? (type === undefined ? [] : typeof type === "string" ? [type] : type);
  knownTypes.set(resolved, types);
  return types;
}

/** Whether the type of a value is one of the types. An empty list allows all types. */
export function fits(node: ComposeNode, types: readonly SchemaType[]): boolean {
  if (types.length === 0) return true;
  if (isDate(node)) return false;
  if (node.kind === "mapping") return types.includes("object");
  if (node.kind === "sequence") return types.includes("array");
  const { value, number } = node;
  if (value === null) return types.includes("null");
  if (typeof value === "boolean") return types.includes("boolean");
  if (typeof value === "number")
    return types.includes("number") || (types.includes("integer") && Number.isInteger(value));
  // A number is stored as a text if JavaScript cannot represent it exactly, or prints it differently than Compose.
  if (number === undefined) return types.includes("string");
  return types.includes("number") || (types.includes("integer") && Number.isInteger(Number(value)));
}
