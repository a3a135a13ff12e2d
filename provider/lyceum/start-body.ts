import type { Properties } from "../schema";
import { ARGUMENT_OF_FIELD, SECRET_FIELDS } from "../schema";
import type { components } from "./contract/types.generated";

type Body = components["schemas"]["StartComposeExecutionRequest"];

/**
 * Body of a start (`POST /execution/compose/start`). A field that is absent is left out, and the API's default then holds. Secrets are
 * in clear here: never log one.
 */
export type StartRequest = {
  readonly [Field in keyof Body]?: NonNullable<Body[Field]>;
} & { readonly compose_file_code: string; readonly file_name: string };

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
  const given: Properties = { ...request };
  return SECRET_FIELDS.map((field) => given[field]).filter((secret) => typeof secret === "string");
}
