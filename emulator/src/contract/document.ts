import { contractDocument } from "../files";

/** A JSON schema as the contract holds it; `$ref`s point into the contract. */
export type Schema = Readonly<Record<string, unknown>>;

/** One operation of the contract. */
export interface Operation {
  readonly id: string;
  readonly method: "get" | "post" | "put" | "patch" | "delete";
  /** As the contract writes it, such as `/execution/{execution_id}`. */
  readonly path: string;
  /** A bearer token is required. */
  readonly secured: boolean;
  readonly parameters: readonly Parameter[];
  readonly body?: { readonly required: boolean; readonly schema: Schema };
  /** Schemas of the answers by status, `default` included. */
  readonly answers: Readonly<Record<string, Schema>>;
}

/** A path or query parameter. */
export interface Parameter {
  readonly name: string;
  readonly in: "path" | "query";
  readonly required: boolean;
  readonly schema: Schema;
}

/** The contract, read. */
export interface Contract {
  readonly operations: readonly Operation[];
  /** The whole document, for `$ref`s. */
  readonly document: Schema;
}

const methods = ["get", "post", "put", "patch", "delete"] as const;

/** Reads the contract. */
export function readContract(): Contract {
  const document = asObject(contractDocument());
  const operations = Object.entries(asObject(document.paths)).flatMap(([route, item]) =>
    methods.flatMap((method) => {
      const operation = asObject(item)[method];
      return operation === undefined
        ? []
        : [readOperation(document, route, method, asObject(item), asObject(operation))];
    }),
  );
  return { operations, document };
}

function readOperation(
  document: Schema,
  path: string,
  method: Operation["method"],
  item: Schema,
  operation: Schema,
): Operation {
  const body = operation.requestBody === undefined ? undefined : resolved(document, operation.requestBody);
  const security = operation.security ?? document.security;
  return {
    id: String(operation.operationId),
    method,
    path,
    secured: Array.isArray(security) && security.length > 0,
    parameters: [...asArray(item.parameters), ...asArray(operation.parameters)].map((entry) => {
      const parameter = resolved(document, entry);
      return {
        name: String(parameter.name),
        in: parameter.in === "path" ? "path" : "query",
        required: parameter.required === true,
        schema: asObject(parameter.schema),
      };
    }),
    ...(body === undefined ? {} : { body: { required: body.required === true, schema: jsonSchema(body) } }),
    answers: Object.fromEntries(
      Object.entries(asObject(operation.responses)).map(([status, answer]) => [
        status,
        jsonSchema(resolved(document, answer)),
      ]),
    ),
  };
}

function jsonSchema(holder: Schema): Schema {
  return asObject(asObject(asObject(holder.content)["application/json"]).schema);
}

function resolved(document: Schema, value: unknown): Schema {
  const object = asObject(value);
  if (typeof object.$ref !== "string") return object;
  const target = object.$ref
    .replace(/^#\//, "")
    .split("/")
    .reduce<unknown>((node, key) => asObject(node)[key], document);
  return asObject(target);
}

function asObject(value: unknown): Schema {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Schema) : {};
}

function asArray(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
