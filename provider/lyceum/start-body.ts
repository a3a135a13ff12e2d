import { ARGUMENT_OF_FIELD, camelCase, SECRET_FIELDS } from "../schema";
import type { components } from "./contract/types.generated";

type Body = components["schemas"]["StartComposeExecutionRequest"];
type CamelCase<Field extends string> = Field extends `${infer Head}_${infer Tail}`
  ? `${Head}${Capitalize<CamelCase<Tail>>}`
  : Field;

/**
 * Body of a start (`POST /execution/compose/start`) with the contract's fields in camel case. An absent one is left out, and the
 * API's default then holds. Secrets are in clear here: never log one.
 */
export type StartRequest = {
  readonly [Field in keyof Body as CamelCase<Field>]?: NonNullable<Body[Field]>;
} & { readonly composeFileCode: string; readonly fileName: string };

/** The body of a start as the API names its fields. */
export function startBody(request: StartRequest): Readonly<Record<string, unknown>> {
  const given: Readonly<Record<string, unknown>> = { ...request };
  const entries = Object.keys(ARGUMENT_OF_FIELD).map((field) => [field, given[camelCase(field)]] as const);
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

/**
 * The resource's argument that a validation error's `loc` names, such as `["body", "docker_password"]` →
 * `registryCredentials.password`, with an index where it has one. Undefined for a field that is not ours.
 */
export function propertyOf(loc: readonly (string | number)[]): string | undefined {
  const at = loc.findIndex((part) => typeof part === "string" && Object.hasOwn(ARGUMENT_OF_FIELD, part));
  if (at === -1) return undefined;
  const property = ARGUMENT_OF_FIELD[String(loc[at])];
  const index = loc[at + 1];
  return typeof index === "number" ? `${property}[${index}]` : property;
}

/** What of a request must never be shown. The user name is left in: it is a word like `robot` more often than a secret. */
export function secretsOf(request: StartRequest): readonly string[] {
  const given: Readonly<Record<string, unknown>> = { ...request };
  return SECRET_FIELDS.map((field) => given[camelCase(field)]).filter((secret) => typeof secret === "string");
}
