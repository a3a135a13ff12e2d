import type { BucketMount, EngineRun, RegistryCredentials } from "../engines/engine";
import type { StartBody } from "./execution";

/** The default of `timeout`, in seconds. */
export const DEFAULT_TIMEOUT_SECONDS = 60;
/** The default of `graceful_timeout`, in seconds. */
export const DEFAULT_GRACE_SECONDS = 10;
/** The default of `execution_type`. */
export const DEFAULT_MACHINE = "cpu";

/** Returns the machine (`execution_type`) of a start request. */
export function machineOf(body: StartBody): string {
  return text(body.execution_type) ?? DEFAULT_MACHINE;
}

/** Returns the `file_name` of a start request. The provider puts a start key at its beginning. */
export function fileNameOf(body: StartBody): string | null {
  return text(body.file_name) ?? null;
}

/** Returns the run for the engine. The body was validated with the contract, so each field has the right type. */
export function engineRun(executionId: string, body: StartBody, mount: () => BucketMount): EngineRun {
  const registryCredentials = credentialsOf(body);
  return {
    executionId,
    composeFileCode: text(body.compose_file_code) ?? "",
    timeoutSeconds: number(body.timeout) ?? DEFAULT_TIMEOUT_SECONDS,
    gracefulTimeoutSeconds: number(body.graceful_timeout) ?? DEFAULT_GRACE_SECONDS,
    ...(registryCredentials === undefined ? {} : { registryCredentials }),
    ...(body.enable_s3_mount === true ? { bucket: mount() } : {}),
  };
}

/** Returns the credentials of a start. For `aws`, returns only the type, because no engine can use the values. */
function credentialsOf(body: StartBody): RegistryCredentials | undefined {
  const type = text(body.docker_registry_credential_type);
  if (type === "aws") return { type };
  const username = text(body.docker_username);
  const password = text(body.docker_password);
  if (type !== "basic" || username === undefined || password === undefined) return undefined;
  return { type, username, password };
}

function text(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

function number(value: unknown): number | undefined {
  return typeof value === "number" ? value : undefined;
}
