import { Ajv2020, type ValidateFunction } from "ajv/dist/2020";
import addFormats from "ajv-formats";
import type { Contract, Operation, Parameter, Schema } from "./document";
import { missingBody, type ValidationDetail, validationDetails } from "./validation-details";

/** A request's parts before the contract has been asked. */
export interface RequestParts {
  readonly path: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, unknown>>;
  /** `undefined`: there was none. */
  readonly body: unknown;
}

/** What a valid request says, defaults of the contract filled in for parameters, not for the body. */
export interface ValidRequest {
  readonly path: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, string | number | boolean>>;
  readonly body: Readonly<Record<string, unknown>>;
}

/** A request, validated: every error at once. */
export type ValidatedRequest =
  | { readonly kind: "valid"; readonly request: ValidRequest }
  | { readonly kind: "invalid"; readonly details: readonly ValidationDetail[] };

/** The contract's validation of one operation's requests and answers. */
export interface Validator {
  request(parts: RequestParts): ValidatedRequest;
  /** What is wrong with an answer, or `undefined`. */
  answer(status: number, body: unknown): string | undefined;
}

/** The validators of the contract, one for each operation id. A schema is compiled when it is first used: most never are. */
export function contractValidators(contract: Contract): ReadonlyMap<string, Validator> {
  const ajv = new Ajv2020({ allErrors: true, strict: false, validateSchema: false, meta: false });
  addFormats.default(ajv);
  ajv.addSchema({ ...contract.document, $id: "contract" });
  const compiled = new Map<Schema, ValidateFunction>();
  const compile: Compile = (schema) => {
    const validate = compiled.get(schema) ?? ajv.compile(withAbsoluteReferences(schema));
    compiled.set(schema, validate);
    return validate;
  };
  return new Map(contract.operations.map((operation) => [operation.id, validator(operation, compile)]));
}

type Compile = (schema: Schema) => ValidateFunction;

function validator(operation: Operation, compile: Compile): Validator {
  return {
    request(parts) {
      const details: ValidationDetail[] = [];
      const query: Record<string, string | number | boolean> = {};
      for (const parameter of operation.parameters) {
        const given = parameter.in === "path" ? parts.path[parameter.name] : last(parts.query[parameter.name]);
        if (given === undefined) {
          if (parameter.required) {
            details.push({ loc: [parameter.in, parameter.name], msg: "Field required", type: "missing" });
          } else if (isScalar(parameter.schema.default)) query[parameter.name] = parameter.schema.default;
          continue;
        }
        const value = readParameter(parameter, given);
        const validate = compile(parameter.schema);
        if (!validate(value)) {
          details.push(
            ...validationDetails(validate.errors ?? [], parameter.in).map((detail) => ({
              ...detail,
              loc: [parameter.in, parameter.name],
            })),
          );
        } else if (parameter.in === "query") query[parameter.name] = value;
      }
      const { body } = operation;
      if (body !== undefined && parts.body === undefined) {
        if (body.required) details.push(missingBody);
      } else if (body !== undefined) {
        const validate = compile(body.schema);
        if (!validate(parts.body)) details.push(...validationDetails(validate.errors ?? [], "body"));
      }
      if (details.length > 0) return { kind: "invalid", details };
      const valid = body === undefined || parts.body === undefined ? {} : parts.body;
      return { kind: "valid", request: { path: parts.path, query, body: valid as ValidRequest["body"] } };
    },
    answer(status, answerBody) {
      const schema = operation.answers[String(status)] ?? operation.answers.default;
      if (schema === undefined) return `the contract has no answer ${status} of ${operation.id}`;
      const validate = compile(schema);
      if (validate(answerBody)) return undefined;
      const first = validate.errors?.[0];
      return `answer ${status} of ${operation.id}: ${first?.instancePath || "the body"} ${first?.message ?? "is wrong"}`;
    },
  };
}

/** Query text as what the schema calls for; text that is no number stays text, so that the validator refuses it. */
function readParameter(parameter: Parameter, text: string): string | number | boolean {
  if (parameter.schema.type === "integer" || parameter.schema.type === "number") {
    return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text;
  }
  if (parameter.schema.type === "boolean" && (text === "true" || text === "false")) return text === "true";
  return text;
}

function last(value: unknown): string | undefined {
  const one: unknown = Array.isArray(value) ? value.at(-1) : value;
  return typeof one === "string" ? one : undefined;
}

function isScalar(value: unknown): value is string | number | boolean {
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean";
}

/** `#/components/…` means the contract, wherever the schema that says so is compiled. */
function withAbsoluteReferences(schema: Schema): Schema {
  return JSON.parse(
    JSON.stringify(schema, (key, value: unknown) =>
      key === "$ref" && typeof value === "string" && value.startsWith("#/") ? `contract${value}` : value,
    ),
  ) as Schema;
}
