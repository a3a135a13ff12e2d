import { inspect } from "node:util";
import type { LyceumClient } from "../../provider/lyceum/client";
import { LyceumError } from "../../provider/lyceum/errors";
import type { StartRequest } from "../../provider/lyceum/port";
import { CANARIES } from "./answers";

/** A start that carries every secret. */
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

/** A way to call the client: which operation it asks first, and what it may answer. */
export interface ClientCall {
  readonly operation: string;
  readonly call: (client: LyceumClient) => Promise<unknown>;
  readonly isRight: (value: unknown) => boolean;
}

type Fields = Readonly<Record<string, unknown>>;
const isText = (value: unknown): value is string => typeof value === "string";
const isObject = (value: unknown): value is Fields =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const isOptional = (check: (value: unknown) => boolean) => (value: unknown) => value === undefined || check(value);
/** Exactly these fields, each as it should be; an absent field is not there at all. */
const isRecord = (fields: Readonly<Record<string, (value: unknown) => boolean>>) => (value: unknown) =>
  isObject(value) &&
  Object.keys(value).every((key) => key in fields && value[key] !== undefined) &&
  Object.entries(fields).every(([key, check]) => check(value[key]));
const isList = (check: (value: unknown) => boolean) => (value: unknown) => Array.isArray(value) && value.every(check);
const isNumber = (value: unknown) => typeof value === "number" && Number.isFinite(value);
const isError = (value: unknown) => LyceumError.isInstance(value);

const isLookup = (check: (value: unknown) => boolean) => (value: unknown) =>
  isObject(value) &&
  ((value.kind === "found" && check(value.value)) || (value.kind === "missing" && isError(value.error)));

const times = { createdAt: isOptional(isText), startedAt: isOptional(isText), endedAt: isOptional(isText) };
const isSummary = isRecord({
  executionId: isText,
  status: isText,
  fileName: isOptional(isText),
  hardwareProfile: isOptional(isText),
  ...times,
});

const phases = Object.fromEntries(
  ["queued", "launchingContainer", "executingJob", "shuttingDown", "total"].map((name) => [name, isOptional(isNumber)]),
);

const isPage = isRecord({
  executions: isList(isSummary),
  total: isOptional(isNumber),
  unreadable: isNumber,
  hasMore: (value) => typeof value === "boolean",
});

/** Every call of the port. */
export const CALLS: readonly ClientCall[] = [
  {
    operation: "startComposeExecution",
    call: (client) => client.start(SECRET_START),
    isRight: (value) =>
      isRecord({ kind: (kind) => kind === "started", executionId: isText, status: isText, streamingUrl: isText })(
        value,
      ) ||
      isRecord({ kind: (kind) => kind === "unknown", error: isError })(value) ||
      isRecord({
        kind: (kind) => kind === "refused",
        error: isError,
        retryAfterSeconds: isOptional((wait) => isNumber(wait) && (wait as number) >= 1),
      })(value),
  },
  {
    operation: "getExecution",
    call: (client) => client.record("run-1"),
    isRight: isLookup(
      isRecord({
        executionId: isOptional(isText),
        status: isText,
        returnCode: isOptional(Number.isSafeInteger),
        errors: isList(isText),
        fileName: isOptional(isText),
        cost: isOptional((value) => isNumber(value) && Number(value) >= 0),
        hardwareProfile: isOptional(isText),
        output: isOptional((output) => isText(output) && output.length <= 64 * 1024 + 200),
        ...times,
      }),
    ),
  },
  {
    operation: "getStreamingStatus",
    call: (client) => client.olderStatus("run-1"),
    isRight: isLookup(isRecord({ status: isText, errors: isList(isText) })),
  },
  {
    operation: "abortWorkload",
    call: (client) => client.abort("run-1"),
    isRight: isLookup(isRecord({ status: isOptional(isText), message: isOptional(isText) })),
  },
  { operation: "listWorkloads", call: (client) => client.listActive(), isRight: isPage },
  {
    operation: "getBillingHistory",
    call: (client) => client.history({ limit: 100, offset: 0 }),
    isRight: isPage,
  },
  {
    operation: "deleteExecutionRecord",
    call: (client) => client.deleteRecord("run-1"),
    isRight: isLookup(isObject),
  },
  {
    operation: "getExecutionLogs",
    call: (client) => client.logsTail("run-1", 20),
    isRight: (value) =>
      isList(isRecord({ message: isText, timestamp: isOptional(isText) }))(value) && (value as unknown[]).length <= 20,
  },
  {
    operation: "getExecutionTiming",
    call: (client) => client.timing("run-1"),
    isRight: isLookup(isRecord({ ...phases, phases: isObject })),
  },
  {
    operation: "getExecutionMetrics",
    call: (client) => client.metrics("run-1", { step: "1m" }),
    isRight: isLookup(
      isRecord({ hostname: isOptional(isText), start: isOptional(isText), end: isOptional(isText), series: isObject }),
    ),
  },
  {
    operation: "listMachineTypes",
    call: (client) => client.machineTypes(),
    isRight: isList(isRecord({ hardwareProfile: isText, pricePerHour: isOptional(isNumber) })),
  },
  { operation: "getUserStatus", call: (client) => client.userStatus(), isRight: isObject },
];

/** What is wrong with the way a call ended, or nothing. */
export async function outcomeError(one: ClientCall, client: LyceumClient): Promise<string | undefined> {
  try {
    const value = await one.call(client);
    if (!one.isRight(value)) return `${one.operation} answered ${inspect(value).slice(0, 500)}`;
    return isObject(value) && LyceumError.isInstance(value.error) ? unexpectedError(value.error) : undefined;
  } catch (error) {
    if (!LyceumError.isInstance(error)) return `${one.operation} threw ${inspect(error).slice(0, 500)}`;
    if (one.operation === "startComposeExecution") return `a start threw ${error.message}`;
    return unexpectedError(error);
  }
}

/** An error that shows a secret, or more than a person can read. */
export function unexpectedError(error: LyceumError): string | undefined {
  const texts = [error.message, String(error), error.stack ?? "", inspect(error, { depth: 9 }), JSON.stringify(error)];
  if (error.message.length > 4_000) return `an error of ${error.message.length} characters`;
  const shown = texts.map(leakIn).find((found) => found !== undefined);
  return shown === undefined ? undefined : `an error shows "${shown}": ${error.message.slice(0, 1_500)}`;
}

/** Any eight characters of a secret that stand in a text; its first ones are shared by all of them, and are no secret. */
export function leakIn(text: string): string | undefined {
  return PIECES.find((piece) => text.includes(piece));
}

const PIECES: readonly string[] = Object.values(CANARIES).flatMap((secret) => {
  const windows = Array.from({ length: Math.max(0, secret.length - 7) }, (_, at) => secret.slice(at, at + 8));
  const encoded = [encodeURIComponent(secret), Buffer.from(secret).toString("base64").replace(/=+$/, "").slice(2, -2)];
  // The words behind "canary" are in every spelling; a piece of white space alone says nothing.
  return [...windows, ...encoded].filter((piece) => !/^canary/.test(piece) || piece.length > 8);
});
