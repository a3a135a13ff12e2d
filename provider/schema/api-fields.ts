import {
  CREDENTIAL_KINDS,
  CREDENTIAL_TYPE_FIELD,
  credentialFields,
  type RegistryCredentials,
} from "./compound/credentials";
import { ARGUMENTS, inputRow, type ParsedArguments, valueTypeOf } from "./derive-inputs";
import type { Properties } from "./value-types";

const CREDENTIAL_FIELDS = CREDENTIAL_KINDS.flatMap((kind) => credentialFields(kind) ?? []);

/** For each field of the request that starts a run, the argument to which an error of the field belongs. */
export const ARGUMENT_OF_FIELD: Readonly<Record<string, string>> = Object.fromEntries([
  // `composeFile` and `composeFileCode` have the same API field. An error of the field names `composeFileCode`: the
  // later row of `ARGUMENTS` replaces the earlier one.
  ...ARGUMENTS.flatMap((name) => {
    const { apiField } = inputRow(name);
    return apiField === undefined ? [] : [[apiField, name]];
  }),
  [CREDENTIAL_TYPE_FIELD, "registryCredentials.type"],
  ...CREDENTIAL_FIELDS.map(([name, { apiField }]) => [apiField, `registryCredentials.${name}`]),
]);

/** The names of the secret fields in the request that starts a run, such as `docker_password`. */
export const SECRET_FIELDS: readonly string[] = CREDENTIAL_FIELDS.filter(([, { secret }]) => secret).map(
  ([, { apiField }]) => apiField,
);

/**
 * Returns the fields of the request that starts a run, with their values. The values come from the credentials, and
 * from the arguments that have a field in the API.
 */
export function requestValues(values: ParsedArguments): Properties {
  const given: Properties = { ...values };
  const entries = ARGUMENTS.flatMap((name) => {
    const { apiField, whenAbsent } = inputRow(name);
    if (apiField === undefined || valueTypeOf(name) === undefined || given[name] === whenAbsent) return [];
    return [[apiField, given[name]] as const];
  });
  const sent = [...entries, ...credentialValues(values.registryCredentials)];
  return Object.fromEntries(sent.filter(([, value]) => value !== undefined));
}

function credentialValues(given: RegistryCredentials | undefined): (readonly [string, unknown])[] {
  if (given === undefined) return [];
  const values: Properties = { ...given };
  const fields = credentialFields(given.type) ?? [];
  return [
    [CREDENTIAL_TYPE_FIELD, given.type],
    ...fields.map(([name, { apiField }]) => [apiField, values[name]] as const),
  ];
}
