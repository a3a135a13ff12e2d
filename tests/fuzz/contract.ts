import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020";
import { parse } from "yaml";
import { ROOT } from "../harness/root";

/** A JSON schema with the keywords that the generators of this test read. */
export type Schema = Readonly<Record<string, unknown>>;

/** One operation of the contract. The test parses the contract itself, because it also tests the emulator's parser. */
export interface ContractOperation {
  readonly id: string;
  readonly method: string;
  /** The path below the base path, with `{execution_id}`. */
  readonly path: string;
  readonly query: Readonly<Record<string, Schema>>;
  readonly body?: Schema;
  /** The schemas of the answers, by status or `default`. References are resolved. */
  readonly answers: Readonly<Record<string, Schema>>;
  readonly matches: (path: string) => boolean;
  /** The error of an answer, or undefined. */
  readonly fault: (status: number, body: unknown) => string | undefined;
}

type Node = Readonly<Record<string, unknown>>;
const node = (value: unknown): Node => (typeof value === "object" && value !== null ? (value as Node) : {});

/** Reads the contract and compiles its answers. */
export function readOperations(): readonly ContractOperation[] {
  const document = node(parse(readFileSync(join(ROOT, "provider", "lyceum", "contract", "openapi.yaml"), "utf8")));
  const ajv = new Ajv2020({ strict: false });
  return Object.entries(node(document.paths)).flatMap(([path, item]) =>
    ["get", "post", "delete"].flatMap((method) => {
      const operation = node(node(item)[method]);
      if (operation.operationId === undefined) return [];
      const answers = Object.fromEntries(
        Object.entries(node(operation.responses)).map(([status, answer]) => [
          status,
          schemaOf(resolve(document, answer)),
        ]),
      );
      const validators = new Map(Object.entries(answers).map(([status, schema]) => [status, ajv.compile(schema)]));
      const parameters = [...list(operation.parameters), ...list(node(item).parameters)].map((one) =>
        node(resolve(document, one)),
      );
      const body = schemaOf(resolve(document, operation.requestBody));
      const pattern = new RegExp(`^${path.replace(/\{\w+\}/g, "[^/]+")}$`);
      return [
        {
          id: String(operation.operationId),
          method: method.toUpperCase(),
          path,
          query: Object.fromEntries(
            parameters.filter((one) => one.in === "query").map((one) => [String(one.name), node(one.schema)]),
          ),
          ...(operation.requestBody === undefined ? {} : { body }),
          answers,
          matches: (candidate: string) => pattern.test(candidate),
          fault: (status: number, answer: unknown) => answerError(validators, status, answer),
        },
      ];
    }),
  );
}

function answerError(
  validators: ReadonlyMap<string, ValidateFunction>,
  status: number,
  answer: unknown,
): string | undefined {
  const validate = validators.get(String(status)) ?? validators.get("default");
  if (validate === undefined) return `the contract has no answer ${status}`;
  if (validate(answer)) return undefined;
  return `${validate.errors?.[0]?.instancePath} ${validate.errors?.[0]?.message}`;
}

function schemaOf(holder: unknown): Schema {
  return node(node(node(node(holder).content)["application/json"]).schema);
}

/** A part of the document with every `$ref` resolved. The contract has no cycles. */
function resolve(document: Node, value: unknown): unknown {
  if (Array.isArray(value)) return value.map((one) => resolve(document, one));
  if (typeof value !== "object" || value === null) return value;
  const reference = (value as Node).$ref;
  if (typeof reference === "string") {
    const target = reference
      .slice(2)
      .split("/")
      .reduce<unknown>((from, key) => node(from)[key], document);
    return resolve(document, target);
  }
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, resolve(document, one)]));
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
