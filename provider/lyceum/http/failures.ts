import type { Redactor } from "../../secrets";
import type { LyceumErrorCode } from "../catalogue";
import { CATALOGUE } from "../catalogue";
import { isLoopback, mayBeEmulator } from "../configuration/base-url";
import type { LyceumErrorParts } from "../errors";
import { codeOf, describeCause, LyceumError } from "../errors";
import type { OperationName } from "../operations";
import type { FailureBody } from "./failure-body";
import { readFailureBody } from "./failure-body";
import type { FailureKind } from "./http-result";
import { asksForSameRequest, mayBePassedOn } from "./retry";

/** The facts about a call that the functions in this file need. */
export interface CallContext {
  readonly operation: OperationName;
  readonly baseUrl: string;
  /** Where the token was found, such as `LYCEUM_API_KEY`. */
  readonly tokenSource: string;
  readonly redact: Redactor;
  /** How many times the client has sent the request so far. */
  readonly attempts: number;
}

/** The facts about a failed answer that the functions in this file need. */
export interface FailedAnswer {
  readonly status: number;
  readonly body: string;
  readonly location?: string | undefined;
  readonly retryAfterSeconds?: number | undefined;
}

const ACTIONS: Record<OperationName, string> = {
  startComposeExecution: "Starting the execution",
  abortWorkload: "Aborting the execution",
  deleteExecutionRecord: "Deleting the record of the execution",
  getExecution: "Reading the execution",
  getStreamingStatus: "Reading the execution's status",
  getExecutionTiming: "Reading the execution's phases",
  getExecutionMetrics: "Reading the execution's metrics",
  listWorkloads: "Listing the active executions",
  getBillingHistory: "Reading the history of executions",
  getExecutionLogs: "Reading the execution's output",
  listMachineTypes: "Listing the machines",
  getAvailableHardware: "Listing the available machines",
  getUserStatus: "Reading the account",
  createStorageCredentials: "Asking for the credentials of the bucket",
};

function failed({ operation, attempts }: CallContext): string {
  return `${ACTIONS[operation]} failed${attempts > 1 ? ` (${attempts} attempts)` : ""}`;
}

/** Words that mean a machine. If a refusal names no field, its text is searched for these words. */
const MACHINE_WORDS = /\b(hardware|machines?|execution[_ ]?types?|machine[_ ]?types?|instance[_ ]types?|gpus?)\b/i;

/** The error of a failed answer. */
export function answerError(context: CallContext, answer: FailedAnswer): LyceumError {
  const parsed = readFailureBody(answer.body, context.redact);
  const code = codeOfAnswer(context, answer.status, parsed);
  const reported = parsed.text?.replace(/\.$/, "");
  const details = reported === undefined ? "" : ` The service reports: ${reported}.`;
  const seconds = answer.retryAfterSeconds;
  const asked = seconds === undefined ? "" : `; the service asks to wait ${Math.ceil(seconds)} s`;
  return make(context, code, {
    message: `${failed(context)}: ${why(context, code, answer)}${asked}.${details}`,
    status: answer.status,
    reported,
    property: code === "LYC1105" ? "executionType" : parsed.details.find((detail) => detail.property)?.property,
    retryAfterSeconds: answer.retryAfterSeconds,
  });
}

const CODE_OF_STATUS: Readonly<Record<number, LyceumErrorCode>> = {
  400: "LYC1104",
  401: "LYC1101",
  402: "LYC1106",
  403: "LYC1102",
  404: "LYC1103",
  409: "LYC1113",
  422: "LYC1104",
  423: "LYC1113",
  425: "LYC1113",
  429: "LYC1107",
};

/** If the answer to a start has one of these statuses, Lyceum may have refused the machine (`execution_type`). */
const MACHINE_REFUSALS: ReadonlySet<number> = new Set([400, 403, 404, 422]);

function codeOfAnswer(context: CallContext, status: number, parsed: FailureBody): LyceumErrorCode {
  const isOfStart = context.operation === "startComposeExecution" && MACHINE_REFUSALS.has(status);
  if (isOfStart && isAboutMachine(parsed)) return "LYC1105";
  if (status >= 300 && status < 400) return "LYC1109";
  return status >= 500 ? "LYC1108" : (CODE_OF_STATUS[status] ?? "LYC1110");
}

/** Returns true if the refused argument is the machine. If Lyceum names no field, the words of its text decide. */
function isAboutMachine(parsed: FailureBody): boolean {
  const named = parsed.details.map((detail) => detail.property).filter((property) => property !== undefined);
  return named.length > 0 ? named.includes("executionType") : MACHINE_WORDS.test(parsed.text ?? "");
}

function why(context: CallContext, code: LyceumErrorCode, answer: FailedAnswer): string {
  const { baseUrl, tokenSource } = context;
  switch (code) {
    case "LYC1101":
      return `${baseUrl} refused the API key from ${tokenSource} (401)`;
    case "LYC1102":
      return `the API key from ${tokenSource} has no access (403)`;
    case "LYC1103":
      return `not found at ${baseUrl} (404)`;
    case "LYC1106":
      return "the account has insufficient credits (402)";
    case "LYC1107":
      return "too many requests (429)";
    case "LYC1108":
      return `the service failed (${answer.status})`;
    case "LYC1109":
      return `${baseUrl} answered with a redirect (${answer.status})${target(answer.location, context)}, which is not followed`;
    case "LYC1105":
      return `the service refused the machine (${answer.status})`;
    default:
      return `the service refused the request (${answer.status})`;
  }
}

/**
 * Returns the origin of a redirect's target. The path and query of the target are not shown, because they may contain
 * secrets.
 */
function target(address: string | undefined, { baseUrl, redact }: CallContext): string {
  // The address is redacted before it is parsed. Parsing changes the host to lower case, and the redactor would not
  // find a secret in lower case.
  const location = address === undefined ? undefined : redact(address);
  if (location === undefined || !URL.canParse(location, baseUrl)) return "";
  const { origin } = new URL(location, baseUrl);
  return origin === new URL(baseUrl).origin ? " to another path" : ` to ${origin}`;
}

const FAILURES: Record<FailureKind, readonly [LyceumErrorCode, string]> = {
  unreachable: ["LYC1201", "{baseUrl} cannot be reached"],
  certificate: ["LYC1202", "the certificate of {baseUrl} is not trusted"],
  proxy: ["LYC1205", "the proxy did not let the connection to {baseUrl} through"],
  timeout: ["LYC1203", "no answer within {seconds} s"],
  broken: ["LYC1204", "the connection closed before the answer was complete"],
  "too-large": ["LYC1111", "the answer is larger than 8 MB and was not read"],
  cancelled: ["LYC1206", "it was cancelled"],
};

/** The error of a call without a complete answer. */
export function failureError(
  context: CallContext,
  failure: { readonly failure: FailureKind; readonly sent: boolean; readonly cause?: unknown },
  timeoutSeconds: number,
): LyceumError {
  const [code, message] = FAILURES[failure.failure];
  const text = message.replace("{seconds}", String(timeoutSeconds)).replace("{baseUrl}", context.baseUrl);
  return make(context, code, { message: `${failed(context)}: ${text}.`, cause: failure.cause }, failure.sent);
}

/** The error of a 2xx answer that cannot be read. */
export function unreadableError(context: CallContext, status: number, body: string): LyceumError {
  const parsed = readFailureBody(body, context.redact).text?.slice(0, 200);
  return make(context, "LYC1111", {
    message: `${failed(context)}: ${context.baseUrl} answered ${status} with something that cannot be read${parsed === undefined ? "" : ` ("${parsed}")`}.`,
    status,
  });
}

/**
 * The error if the client itself fails. The message shows neither the cause nor the answer, because both may contain a
 * secret.
 */
export function unexpectedError(context: CallContext, cause: unknown): LyceumError {
  const name = cause instanceof Error ? cause.name : typeof cause;
  const message = `${failed(context)}: the answer could not be processed (${name}).`;
  return make({ ...context, redact: (text) => text }, "LYC1204", { message });
}

/** The error of an execution id that cannot be part of a path. No request was sent. */
export function executionIdError(operation: OperationName): LyceumError {
  const context = { operation, baseUrl: "", tokenSource: "", redact: (text: string) => text, attempts: 1 };
  return make(context, "LYC1112", { message: `${failed(context)}: the id is not a valid Lyceum execution id.` });
}

function make(
  context: CallContext,
  code: LyceumErrorCode,
  parts: Omit<LyceumErrorParts, "code" | "operation" | "redact">,
  sent = true,
): LyceumError {
  const sentences = [parts.message, causeSentence(parts.cause), effectSentence(context, code, sent, parts.status)];
  return new LyceumError({
    ...parts,
    code,
    message: [...sentences, remedyOf(context, code, parts.property)].filter((part) => part !== "").join(" "),
    operation: context.operation,
    redact: context.redact,
  });
}

/**
 * What the user can do next if the base URL leads to this machine, where an emulator usually answers. The cause of
 * `LYC1101` may be the key of another emulator, because each data folder of the emulator has its own key. The cause of
 * `LYC1201` may be that no emulator runs, or that its port is another one.
 */
const LOCAL_REMEDIES: { readonly [Code in LyceumErrorCode]?: string } = {
  LYC1101:
    'If this is the emulator, run `eval "$(npx pulumi-lyceum emulator --env)"` in this shell, which has the key of another emulator. Then run the same command again.',
  LYC1201:
    'If this is the emulator, start `npx pulumi-lyceum emulator`, and run `eval "$(npx pulumi-lyceum emulator --env)"` in this shell. Nothing was sent, so you can run the same command again.',
};

/**
 * Like `LOCAL_REMEDIES`, for an emulator on another machine or in a container. `emulator --env` cannot find this
 * emulator.
 */
const REMOTE_REMEDIES: typeof LOCAL_REMEDIES = {
  LYC1101:
    "Set LYCEUM_API_KEY to the key with which the emulator was started (`--api-key` or LYCEUM_EMULATOR_API_KEY). Then run the same command again.",
  LYC1201:
    "Check that the emulator runs, and that it was started with `--host 0.0.0.0`. Nothing was sent, so you can run the same command again.",
};

/**
 * What to do if an emulator may be at the base URL. Undefined if the catalogue's remedy is also right for an emulator.
 */
export function remedyForEmulator(code: LyceumErrorCode, baseUrl: string): string | undefined {
  if (!mayBeEmulator(baseUrl)) return undefined;
  return (isLoopback(baseUrl) ? LOCAL_REMEDIES : REMOTE_REMEDIES)[code];
}

/**
 * Returns what the user can do next. The remedy of `LYC1104` in the catalogue is to correct the argument that the
 * message names. Only the answer to a start can name an argument (`property`). Without such a name, another remedy is
 * returned.
 */
function remedyOf({ operation, baseUrl }: CallContext, code: LyceumErrorCode, property: string | undefined): string {
  const ofEmulator = remedyForEmulator(code, baseUrl);
  if (ofEmulator !== undefined) return ofEmulator;
  if (code !== "LYC1104") return CATALOGUE[code].remedy;
  if (operation !== "startComposeExecution") {
    return "Check the id of the run, and that the base URL is Lyceum's API. Then report the message.";
  }
  return property === undefined
    ? "Correct what the service reports, then run the command again."
    : CATALOGUE[code].remedy;
}

function causeSentence(cause: unknown): string {
  if (cause === undefined) return "";
  const code = codeOf(cause);
  const text = describeCause(cause);
  return `Cause: ${code === undefined || text.includes(code) ? text : `${text} (${code})`}.`;
}

/** Codes of errors after which a run may have started, although Lyceum did not confirm the start. */
const UNCERTAIN: ReadonlySet<LyceumErrorCode> = new Set([
  "LYC1108",
  "LYC1109",
  "LYC1111",
  "LYC1203",
  "LYC1204",
  "LYC1206",
]);

/**
 * Returns the sentence about runs in an error message. For a start, the sentence says whether a run may have been
 * started. For any other call with the answer 401, it says that started runs continue, because the provider cannot
 * watch them any longer. Empty in all other cases.
 */
function effectSentence(
  context: CallContext,
  code: LyceumErrorCode,
  sent: boolean,
  status: number | undefined,
): string {
  if (context.operation === "startComposeExecution") {
    const mayHaveStarted = ((sent && UNCERTAIN.has(code)) || mayBePassedOn(status)) && !asksForSameRequest(status);
    return mayHaveStarted ? "The run may still have been started." : "Nothing was started.";
  }
  return code === "LYC1101" ? "Started runs continue, and their ids stay in the state." : "";
}
