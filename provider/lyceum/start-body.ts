import type { components } from "./contract/types.generated";
import type { StartRequest } from "./port";

type BodyField = keyof components["schemas"]["StartComposeExecutionRequest"];

/** The fields of a start: the request's key, and the resource's argument that a fault of the field is told on. */
const FIELDS = {
  compose_file_code: { key: "composeFileCode", property: "composeFileCode" },
  docker_registry_credential_type: { key: "dockerRegistryCredentialType", property: "registryCredentials.type" },
  docker_username: { key: "dockerUsername", property: "registryCredentials.username" },
  docker_password: { key: "dockerPassword", property: "registryCredentials.password" },
  aws_access_key_id: { key: "awsAccessKeyId", property: "registryCredentials.accessKeyId" },
  aws_secret_access_key: { key: "awsSecretAccessKey", property: "registryCredentials.secretAccessKey" },
  aws_session_token: { key: "awsSessionToken", property: "registryCredentials.sessionToken" },
  aws_region: { key: "awsRegion", property: "registryCredentials.region" },
  timeout: { key: "timeout", property: "timeout" },
  execution_type: { key: "executionType", property: "executionType" },
  file_name: { key: "fileName", property: "fileName" },
  enable_s3_mount: { key: "enableS3Mount", property: "enableS3Mount" },
  user_callback_urls: { key: "userCallbackUrls", property: "userCallbackUrls" },
  graceful_timeout: { key: "gracefulTimeout", property: "gracefulTimeout" },
} as const satisfies Record<BodyField, { readonly key: keyof StartRequest; readonly property: string }>;

/** The body of a start as the API names its fields. An absent field is left out: the API's default then holds. */
export function startBody(request: StartRequest): Readonly<Record<string, unknown>> {
  const entries = Object.entries(FIELDS).map(([field, { key }]) => [field, request[key]] as const);
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

/**
 * The resource's argument that a validation error's `loc` names, such as `["body", "docker_password"]` →
 * `registryCredentials.password`, with an index where it has one. Undefined for a field that is not ours.
 */
export function propertyOf(loc: readonly (string | number)[]): string | undefined {
  const at = loc.findIndex((part) => typeof part === "string" && Object.hasOwn(FIELDS, part));
  if (at === -1) return undefined;
  const { property } = FIELDS[loc[at] as BodyField];
  const index = loc[at + 1];
  return typeof index === "number" ? `${property}[${index}]` : property;
}

/** What of a request must never be shown. The user name is left in: it is a word like `robot` more often than a secret. */
export function secretsOf(request: StartRequest): readonly string[] {
  return [request.dockerPassword, request.awsAccessKeyId, request.awsSecretAccessKey, request.awsSessionToken].filter(
    (secret) => secret !== undefined,
  );
}
