import { inspect, isDeepStrictEqual } from "node:util";
import type { LyceumClient } from "../../provider/lyceum/client";
import { LyceumError } from "../../provider/lyceum/errors";
import type { StartRequest } from "../../provider/lyceum/port";
import { CANARIES } from "./answers";

/** A start that contains every secret. */
export const SECRET_START: StartRequest = {
  compose_file_code: "services: {a: {image: b}}",
  docker_registry_credential_type: "basic",
  docker_username: "robot",
  docker_password: CANARIES.password,
  aws_access_key_id: CANARIES.accessKeyId,
  aws_secret_access_key: CANARIES.secretAccessKey,
  aws_session_token: CANARIES.sessionToken,
  timeout: 60,
  execution_type: "cpu",
  file_name: "key",
  enable_s3_mount: false,
  graceful_timeout: 10,
};

/** Every call of the client, by the first operation that it uses. */
export const CALLS: Readonly<Record<string, (client: LyceumClient) => Promise<unknown>>> = {
  startComposeExecution: (client) => client.start(SECRET_START),
  getExecution: (client) => client.record("run-1"),
  getStreamingStatus: (client) => client.olderStatus("run-1"),
  abortWorkload: (client) => client.abort("run-1"),
  listWorkloads: (client) => client.listActive(),
  getBillingHistory: (client) => client.history({ limit: 100, offset: 0 }),
  deleteExecutionRecord: (client) => client.deleteRecord("run-1"),
  getExecutionLogs: (client) => client.logsTail("run-1", 20),
  getExecutionTiming: (client) => client.timing("run-1"),
  getExecutionMetrics: (client) => client.metrics("run-1", { step: "1m" }),
  listMachineTypes: (client) => client.machineTypes(),
  getUserStatus: (client) => client.userStatus(),
  createStorageCredentials: (client) => client.storageCredentials(),
};

/**
 * Returns why the result of a call is wrong. Undefined if it is right. A result must be plain JSON without undefined
 * fields, or a LyceumError. A start must never throw.
 */
export async function outcomeError(operation: string, client: LyceumClient): Promise<string | undefined> {
  try {
    const { error, ...rest }: { readonly error?: unknown } = Object(await CALLS[operation]?.(client));
    if (!isDeepStrictEqual(JSON.parse(JSON.stringify(rest)), rest))
      return `${operation} answered ${inspect(rest).slice(0, 500)}`;
    return LyceumError.isInstance(error) ? unexpectedError(error) : undefined;
  } catch (error) {
    if (!LyceumError.isInstance(error)) return `${operation} threw ${inspect(error).slice(0, 500)}`;
    return operation === "startComposeExecution" ? `a start threw ${error.message}` : unexpectedError(error);
  }
}

/** Why an error is wrong: it shows a secret, or is too long for a person to read. */
function unexpectedError(error: LyceumError): string | undefined {
  const texts = [error.message, String(error), error.stack ?? "", inspect(error, { depth: 9 }), JSON.stringify(error)];
  if (error.message.length > 4_000) return `an error of ${error.message.length} characters`;
  const shown = texts.map(leakIn).find((found) => found !== undefined);
  return shown === undefined ? undefined : `an error shows "${shown}": ${error.message.slice(0, 1_500)}`;
}

/**
 * Returns eight characters of a secret that a text contains. The first characters do not count, because all secrets
 * have them.
 */
function leakIn(text: string): string | undefined {
  return PIECES.find((piece) => text.includes(piece));
}

const PIECES: readonly string[] = Object.values(CANARIES).flatMap((secret) => {
  const windows = Array.from({ length: Math.max(0, secret.length - 7) }, (_, at) => secret.slice(at, at + 8));
  const encoded = [encodeURIComponent(secret), Buffer.from(secret).toString("base64").replace(/=+$/, "").slice(2, -2)];
  // In every spelling, only the characters after "canary" count. A piece of white space proves nothing.
  return [...windows, ...encoded].filter((piece) => !/^canary/.test(piece) || piece.length > 8);
});
