import type { ErrorObject, ValidateFunction } from "ajv/dist/2020";
import type { Contract, Operation, Schema } from "./document";
import { laterCompiler } from "./later-compiler";
import type { SchemaCompiler } from "./schema-compiler";
import { MISSING_BODY, type ValidationDetail, validationDetails } from "./validation-details";

/** The parts of a request that is not validated yet. */
export interface RequestParts {
  readonly path: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, unknown>>;
  /** The body. `undefined` if the request has no body. */
  readonly body: unknown;
}

/** A valid request. Missing parameters get their defaults from the contract. Missing keys of the body get none. */
export interface ValidRequest {
  readonly path: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string | number | boolean>>;
  readonly body: Readonly<Record<string, unknown>>;
}

/** A validated request, or all of its errors. */
export type ValidatedRequest =
  | { readonly kind: "valid"; readonly request: ValidRequest }
  | { readonly kind: "invalid"; readonly details: readonly ValidationDetail[] };

/** Validates the requests and answers of one operation with the contract. */
export interface Validator {
  request(parts: RequestParts): ValidatedRequest;
  /** Returns why an answer violates the contract, or `undefined` if the answer is valid. */
  answer(status: number, body: unknown): string | undefined;
}

type Check = (value: unknown) => readonly ErrorObject[];

/** Returns the validators of the contract, one for each operation id. */
export function contractValidators({ operations, components }: Contract): ReadonlyMap<string, Validator> {
  const json = laterCompiler({});
  // A parameter is a text, so it is converted to the type in its schema.
  const texts = laterCompiler({ coerceTypes: true, useDefaults: true });
  /** Schemas are compiled when they are first used, because most schemas are never used. */
  const checkOf = (compile: SchemaCompiler, schema: Schema): Check => {
    let validate: ValidateFunction | undefined;
    return (value) => {
      validate ??= compile({ ...schema, components });
      return validate(value) ? [] : (validate.errors ?? []);
    };
  };
  return new Map(
    operations.map((operation) => [
      operation.id,
      validator(operation, checkOf(texts, operation.parameters), (schema) => checkOf(json, schema)),
    ]),
  );
}

function validator(operation: Operation, parameters: Check, check: (schema: Schema) => Check): Validator {
  const body = operation.body === undefined ? undefined : check(operation.body);
  const answers = new Map(Object.entries(operation.answers).map(([status, schema]) => [status, check(schema)]));
  return {
    request(parts) {
      const { path } = parts;
      const query = Object.fromEntries(
        Object.entries(parts.query).map(([name, value]) => [name, Array.isArray(value) ? value.at(-1) : value]),
      );
      const details = [...validationDetails(parameters({ path, query }))];
      if (body !== undefined && parts.body === undefined) details.push(MISSING_BODY);
      else if (body !== undefined) details.push(...validationDetails(body(parts.body), "body"));
      if (details.length > 0) return { kind: "invalid", details };
      return { kind: "valid", request: { path, query, body: body === undefined ? {} : (parts.body as Schema) } };
    },
    answer(status, answerBody) {
      const errors = (answers.get(String(status)) ?? answers.get("default"))?.(answerBody);
      if (errors === undefined) return `the contract has no answer ${status} of ${operation.id}`;
      const [first] = errors;
      if (first === undefined) return undefined;
      return `answer ${status} of ${operation.id}: ${first.instancePath || "the body"} ${first.message ?? "is wrong"}`;
    },
  };
}
