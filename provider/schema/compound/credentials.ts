import { mapIn, textIn, type ValueType } from "../value-types";

/** One field of the credentials for a registry. */
export interface CredentialField {
  readonly apiField: string;
  readonly required: boolean;
  readonly secret: boolean;
  readonly doc: string;
  /** A text that the documentation adds after the name of the API field. */
  readonly note?: string;
}

/** The API field that contains the kind of credentials. */
export const CREDENTIAL_TYPE_FIELD = "docker_registry_credential_type";

/** The kinds of registry credentials, and the fields of each kind. The registry contains the images of a run. */
export const CREDENTIALS = {
  basic: {
    summary: "Username and password of a registry",
    name: "BasicRegistryCredentials",
    example: '{ type: "basic", username: "robot", password: config.requireSecret("registryPassword") }',
    fields: {
      // The user name is not secret, because it is usually a word like `robot`.
      username: { apiField: "docker_username", required: true, secret: false, doc: "The user name at the registry" },
      password: { apiField: "docker_password", required: true, secret: true, doc: "The password, or a token" },
    },
  },
  aws: {
    summary: "AWS credentials for ECR",
    name: "AwsRegistryCredentials",
    example:
      '{ type: "aws", accessKeyId: config.requireSecret("keyId"), secretAccessKey: config.requireSecret("key") }',
    fields: {
      accessKeyId: { apiField: "aws_access_key_id", required: true, secret: true, doc: "The id of the access key" },
      secretAccessKey: {
        apiField: "aws_secret_access_key",
        required: true,
        secret: true,
        doc: "The secret access key",
      },
      sessionToken: {
        apiField: "aws_session_token",
        required: false,
        secret: true,
        doc: "The session token of temporary credentials",
      },
      region: {
        apiField: "aws_region",
        required: false,
        secret: false,
        doc: "The region of the registry",
        note: "the API's default is `us-east-1`",
      },
    },
  },
} as const satisfies Readonly<
  Record<
    string,
    {
      readonly summary: string;
      readonly name: string;
      /** A TypeScript example of the argument's value. The example may use `config`, the configuration of the stack. */
      readonly example: string;
      readonly fields: Readonly<Record<string, CredentialField>>;
    }
  >
>;

type Kind = keyof typeof CREDENTIALS;
type Fields<Of extends Kind> = (typeof CREDENTIALS)[Of]["fields"];
type Required<Of extends Kind> = {
  [Name in keyof Fields<Of>]: Fields<Of>[Name] extends { readonly required: true } ? Name : never;
}[keyof Fields<Of>];

/** Credentials for the registry of the images. Secret fields are in plaintext. */
export type RegistryCredentials = {
  [Of in Kind]: { readonly type: Of } & { readonly [Name in Required<Of>]: string } & {
    readonly [Name in Exclude<keyof Fields<Of>, Required<Of>>]?: string;
  };
}[Kind];

/** The names of the kinds of credentials. */
export const CREDENTIAL_KINDS = Object.keys(CREDENTIALS) as Kind[];

/** The fields of one kind of credentials, by name. `undefined` if the kind does not exist. */
export function credentialFields(kind: unknown): readonly (readonly [string, CredentialField])[] | undefined {
  const known = CREDENTIAL_KINDS.find((name) => name === kind);
  return known === undefined ? undefined : Object.entries<CredentialField>(CREDENTIALS[known].fields);
}

/** Reads credentials. A required field that is missing is read as an empty text. */
function parseCredentials(value: unknown): RegistryCredentials | undefined {
  const given = mapIn(value);
  const fields = credentialFields(given.type);
  if (fields === undefined) return undefined;
  const entries = fields.map(([name, { required }]) => [name, textIn(given[name]) ?? (required ? "" : undefined)]);
  const present = Object.fromEntries(entries.filter(([, entry]) => entry !== undefined));
  return { type: given.type, ...present } as RegistryCredentials;
}

/**
 * The type of the argument `registryCredentials`. It has no rule, because `credentialFailures` in `lifecycle/check`
 * finds the errors in the argument.
 */
export const credentials: ValueType<RegistryCredentials> = {
  kind: "credentials",
  parse: parseCredentials,
  typescript: CREDENTIAL_KINDS.map((kind) => CREDENTIALS[kind].name).join(" | "),
  shape: { anyOf: CREDENTIAL_KINDS.map((kind) => ({ fields: CREDENTIALS[kind].name })) },
  words: CREDENTIAL_KINDS.map((kind) => {
    const names = (credentialFields(kind) ?? []).map(([name, { required }]) => (required ? name : `${name}?`));
    return `\`{type: "${kind}", ${names.join(", ")}}\``;
  }).join(" or "),
};

/**
 * Returns the secret values in credentials. The credentials may be invalid. All values are secret, except `type` and
 * the fields that the table marks with `secret: false`.
 */
export function secretCredentials(value: unknown): unknown[] {
  const shown = CREDENTIAL_KINDS.flatMap((kind) => credentialFields(kind) ?? [])
    .filter(([, { secret }]) => !secret)
    .map(([name]) => name);
  return Object.entries(mapIn(value)).flatMap(([name, entry]) =>
    name === "type" || shown.includes(name) ? [] : [entry],
  );
}
