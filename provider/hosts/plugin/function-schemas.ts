import { token } from "../../pulumi/type-tokens";
import { FUNCTION_NAMES, functionRow, OBJECTS, type ValueRow } from "../../schema";
import { type Json, specOf } from "./type-schemas";

/** The functions of the package, as Pulumi's schema describes them: derived from the table in `provider/schema`. */
export function functionSchemas(): Json {
  const schemas = FUNCTION_NAMES.map((name) => {
    const { doc, inputs, outputs } = functionRow(name);
    return [token(name), { description: doc, inputs: objectOf(inputs), outputs: objectOf(outputs) }];
  });
  return Object.fromEntries(schemas);
}

/** The objects that functions answer with. */
export function objectSchemas(): Json {
  return Object.fromEntries(
    Object.entries(OBJECTS).map(([name, { doc, fields }]) => [
      token(name),
      { type: "object", description: doc, ...objectOf(fields) },
    ]),
  );
}

/** Empty parts are left out, as the engine leaves them out when it prints a schema. */
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
