import { CREDENTIAL_KINDS, CREDENTIAL_TYPE_FIELD, credentialFields, type RegistryCredentials } from "./credentials";
import { ARGUMENTS, inputRow, type ParsedArguments, valueTypeOf } from "./derive-inputs";
import type { Properties } from "./value-types";

const CREDENTIAL_FIELDS = CREDENTIAL_KINDS.flatMap((kind) => credentialFields(kind) ?? []);

/** For each field of a start's body, the argument on which an error of the field is reported. */
export const ARGUMENT_OF_FIELD: Readonly<Record<string, string>> = Object.fromEntries([
  // Two arguments can contain the text. An error is reported on the one that the resource uses; the later one in this
  // list wins.
  ...ARGUMENTS.flatMap((name) => {
    const { apiField } = inputRow(name);
    return apiField === undefined ? [] : [[apiField, name]];
  }),
  [CREDENTIAL_TYPE_FIELD, "registryCredentials.type"],
  ...CREDENTIAL_FIELDS.map(([name, { apiField }]) => [apiField, `registryCredentials.${name}`]),
]);

/** Fields of a start's body that are secret. */
export const SECRET_FIELDS: readonly string[] = CREDENTIAL_FIELDS.filter(([, { secret }]) => secret).map(
  ([, { apiField }]) => apiField,
);

/**
 * The values of the fields that a start sends. They come from the arguments that have a field, and from the
 * credentials.
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
