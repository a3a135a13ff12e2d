import { FUNCTIONS, type FunctionRow, type FunctionValueRow } from "../../schema";
import { token } from "../tokens";
import { specOf } from "./type-schemas";

type Json = { readonly [key: string]: unknown };

/** The functions of the package, as Pulumi's schema describes them: derived from the table in `provider/schema`. */
export function functionSchemas(): Json {
  return Object.fromEntries(Object.entries(FUNCTIONS).map(([name, row]) => [token(name), schemaOf(row)]));
}

function schemaOf({ doc, inputs, outputs }: FunctionRow): Json {
  return { description: doc, inputs: objectOf(inputs), outputs: objectOf(outputs) };
}

function objectOf(rows: Readonly<Record<string, FunctionValueRow>>): Json {
  const properties = Object.entries(rows).map(([name, { type, shape, secret, apiField, doc }]) => [
    name,
    {
      ...specOf(shape ?? type.shape, name),
      ...(secret === true ? { secret: true } : {}),
      description: apiField === undefined ? doc : `${doc} API field \`${apiField}\`.`,
    },
  ]);
  const required = Object.entries(rows).flatMap(([name, row]) => (row.required === true ? [name] : []));
  return { properties: Object.fromEntries(properties), required };
}
