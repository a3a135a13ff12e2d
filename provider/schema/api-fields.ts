import { CREDENTIAL_KINDS, CREDENTIAL_TYPE_FIELD, credentialFields, type RegistryCredentials } from "./credentials";
import { ARGUMENTS, inputRow, type ParsedArguments, valueTypeOf } from "./derive-inputs";
import type { Properties } from "./value-types";

const CREDENTIAL_FIELDS = CREDENTIAL_KINDS.flatMap((kind) => credentialFields(kind) ?? []);

/** Fields of a start's body, each with the argument that an error of it is reported on. */
export const ARGUMENT_OF_FIELD: Readonly<Record<string, string>> = Object.fromEntries([
  // Two arguments give the text; an error of it is reported on the one that holds it, which stands behind the other.
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

/** What a start sends of the arguments that have a field of their own, and of the credentials, by field. */
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
