import { contractDocument } from "../files";

/** A JSON Schema in the contract of the API. A `$ref` in the schema points to another part of the contract. */
export type Schema = Readonly<Record<string, unknown>>;

/** One operation of the contract. */
export interface Operation {
  readonly id: string;
  readonly method: "get" | "post" | "put" | "patch" | "delete";
  /** The path in the contract, such as `/execution/{execution_id}`. */
  readonly path: string;
  /** Whether a request needs a bearer token. */
  readonly secured: boolean;
  /** The schema of the parameters: an object with the objects `path` and `query`. */
  readonly parameters: Schema;
  /** The schema of the body, which every request must have. Absent if the operation has no body. */
  readonly body?: Schema;
  /** Schemas of the answers by status, including `default`. */
  readonly answers: Readonly<Record<string, Schema>>;
}

/** The parsed contract. */
export interface Contract {
  readonly operations: readonly Operation[];
  /** The schemas to which `$ref`s point. */
  readonly components: Schema;
}

const METHODS = ["get", "post", "put", "patch", "delete"] as const;

/** Reads the contract. */
export function readContract(): Contract {
  const document = asObject(contractDocument());
  const operations = Object.entries(asObject(document.paths)).flatMap(([path, item]) =>
    METHODS.filter((method) => Object.hasOwn(asObject(item), method)).map((method) =>
      readOperation(document, path, method, asObject(item)),
    ),
  );
  return { operations, components: asObject(document.components) };
}

function readOperation(document: Schema, path: string, method: Operation["method"], item: Schema): Operation {
  const operation = asObject(item[method]);
  const security = operation.security ?? document.security;
  const parameters = [item.parameters, operation.parameters]
    .flatMap((list) => (Array.isArray(list) ? list : []))
    .map((entry) => resolved(document, entry));
  return {
    id: String(operation.operationId),
    method,
    path,
    secured: Array.isArray(security) && security.length > 0,
    parameters: { properties: { path: parametersOf(parameters, "path"), query: parametersOf(parameters, "query") } },
    ...(operation.requestBody !== undefined && { body: jsonSchema(resolved(document, operation.requestBody)) }),
    answers: Object.fromEntries(
      Object.entries(asObject(operation.responses)).map(([status, answer]) => [
        status,
        jsonSchema(resolved(document, answer)),
      ]),
    ),
  };
}

function parametersOf(parameters: readonly Schema[], where: "path" | "query"): Schema {
  const those = parameters.filter((parameter) => parameter.in === where);
  return {
    properties: Object.fromEntries(those.map(({ name, schema }) => [name, schema])),
    required: those.filter(({ required }) => required === true).map(({ name }) => name),
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
