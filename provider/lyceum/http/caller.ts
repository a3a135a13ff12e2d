import { setTimeout as sleepFor } from "node:timers/promises";
import type { Redactor } from "../../secrets";
import type { Configuration } from "../configuration/configuration";
import type { LyceumError } from "../errors";
import { parseJson } from "../json";
import type { OperationName } from "../operations";
import { OPERATIONS, pathOf } from "../operations";
import type { CallContext, FailedAnswer } from "./failures";
import { answerError, failureError, unexpectedError, unreadableError } from "./failures";
import type { FailureKind } from "./http-result";
import { ownVersion } from "./own-version";
import type { AttemptOutcome } from "./retry";
import { nextAttempt, parseRetryAfter } from "./retry";
import { isOutOfTime, type SendPorts, sendRequest } from "./send-request";

/** The effects that a call needs. Tests replace them. */
export interface CallPorts extends SendPorts {
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Resolves after `seconds`, or at once when the signal aborts. */
  readonly sleep: (seconds: number, signal?: AbortSignal) => Promise<void>;
  /** Returns a random number from 0 (included) to 1 (excluded). */
  readonly random: () => number;
  readonly userAgent: string;
  /** The number of attempts for a call that does not set `attempts` itself. */
  readonly attempts?: number;
  /** Called after each answer of an emulator, with the name of the emulator's engine. */
  readonly onEmulator?: ((engine: string) => void) | undefined;
}

/** One call, before it is sent. */
export interface Call<T> {
  readonly operation: OperationName;
  readonly executionId?: string;
  readonly query?: Readonly<Record<string, number | string>> | undefined;
  readonly body?: Readonly<Record<string, unknown>>;
  /** Reads the JSON or the text of an answer. Returns undefined if a required value is missing. Never throws. */
  readonly parse: (json: unknown, text: string) => T | undefined;
  readonly signal?: AbortSignal | undefined;
  /** The number of attempts. Default: `CallPorts.attempts`. */
  readonly attempts?: number | undefined;
  /** The time limit of each attempt, in seconds. Default: the limit of the operation. */
  readonly timeoutSeconds?: number | undefined;
  /**
   * If true, the client makes another attempt only if the request was not sent. After the request was sent, only the
   * caller decides whether to repeat the call, because it can first check what the request has done.
   */
  readonly sentOnce?: boolean | undefined;
}

/** The result of a call. Every kind except `value` has an error that explains the failure. */
export type CallResult<T> =
  | { readonly kind: "value"; readonly value: T }
  | { readonly kind: "answer"; readonly answer: FailedAnswer; readonly error: LyceumError }
  | { readonly kind: "unreadable"; readonly error: LyceumError }
  | { readonly kind: "failure"; readonly failure: FailureKind; readonly sent: boolean; readonly error: LyceumError };

/**
 * Returns a function that makes calls. `nextAttempt` decides whether a call is sent again. Each attempt has a time
 * limit. The returned function never throws.
 */
export function createCaller(configuration: Configuration, ports: CallPorts, redact: Redactor) {
  return async function call<T>(request: Call<T>): Promise<CallResult<T>> {
    const begun = ports.now();
    for (let attempt = 1; ; attempt += 1) {
      const context: CallContext = {
        operation: request.operation,
        baseUrl: configuration.baseUrl,
        tokenSource: configuration.sources.token.name,
        redact,
        attempts: attempt,
      };
      const result = await attemptOnce(configuration, ports, request, context, begun).catch((cause) =>
        unexpected(context, cause),
      );
      if (result.kind === "value") return result;
      const isLast = request.sentOnce === true && !(result.kind === "failure" && !result.sent);
      const next = nextAttempt({
        attempt,
        attempts: request.attempts ?? ports.attempts,
        outcome: outcomeOf(result),
        idempotent: OPERATIONS[request.operation].repeatable && !isLast,
        elapsed: (ports.now() - begun) / 1000,
        random: ports.random(),
      });
      if (next.kind === "give-up") return result;
      await ports.sleep(next.delaySeconds, request.signal);
      // If the time for the whole call is over, returns the error of the last attempt, because this error explains the
      // failure best.
      if (request.signal?.aborted) return isOutOfTime(request.signal) ? result : cancelled(context);
    }
  };
}

/** A function that sends calls to the API of Lyceum. */
export type Caller = ReturnType<typeof createCaller>;

async function attemptOnce<T>(
  configuration: Configuration,
  ports: CallPorts,
  request: Call<T>,
  context: CallContext,
  begun: number,
): Promise<CallResult<T>> {
  const operation = OPERATIONS[request.operation];
  const timeoutSeconds = request.timeoutSeconds ?? operation.timeoutSeconds;
  const body = request.body === undefined ? undefined : JSON.stringify(request.body);
  const base = new URL(configuration.baseUrl);
  const result = await sendRequest(ports, {
    method: operation.method,
    origin: base.origin,
    path: base.pathname.replace(/\/$/, "") + pathOf(request.operation, request.executionId, request.query),
    body,
    headers: headersOf(configuration, ports.userAgent, body !== undefined),
    timeoutSeconds,
    signal: request.signal,
  });
  if (result.kind === "failure") {
    const { failure, sent } = result;
    const seconds = isOutOfTime(request.signal) ? Math.round((ports.now() - begun) / 1000) : timeoutSeconds;
    return { kind: "failure", failure, sent, error: failureError(context, result, seconds) };
  }
  if (result.emulator !== undefined) ports.onEmulator?.(result.emulator);
  if (result.status >= 200 && result.status < 300) {
    const value = request.parse(parseJson(result.body), result.body);
    if (value !== undefined) return { kind: "value", value };
    return { kind: "unreadable", error: unreadableError(context, result.status, result.body) };
  }
  const answer: FailedAnswer = {
    status: result.status,
    body: result.body,
    location: result.location,
    retryAfterSeconds: parseRetryAfter(result.retryAfter, ports.now()),
  };
  return { kind: "answer", answer, error: answerError(context, answer) };
}

/**
 * The result if the client itself fails during a call. The request may already have been sent, so a run may exist. The
 * provider has to look for the run, as after a broken connection.
 */
function unexpected(context: CallContext, cause: unknown): CallResult<never> {
  return { kind: "failure", failure: "broken", sent: true, error: unexpectedError(context, cause) };
}

function headersOf(
  configuration: Configuration,
  userAgent: string,
  hasBody: boolean,
): Readonly<Record<string, string>> {
  return {
    accept: "application/json",
    authorization: `Bearer ${configuration.token}`,
    "user-agent": userAgent,
    ...(configuration.organisation === undefined ? {} : { "x-org-slug": configuration.organisation }),
    ...(hasBody ? { "content-type": "application/json" } : {}),
  };
}

/** Whether another attempt may succeed after this failure. */
export function isTransientFailure(failure: FailureKind): boolean {
  return IS_TRANSIENT[failure];
}

const IS_TRANSIENT: Readonly<Record<FailureKind, boolean>> = {
  unreachable: true,
  timeout: true,
  broken: true,
  certificate: false,
  proxy: false,
  "too-large": false,
  cancelled: false,
};

function outcomeOf(result: Exclude<CallResult<unknown>, { kind: "value" }>): AttemptOutcome {
  switch (result.kind) {
    case "answer":
      return {
        kind: "status",
        status: result.answer.status,
        retryAfterSeconds: result.answer.retryAfterSeconds,
      };
    case "unreadable":
      return { kind: "unreadable" };
    case "failure":
      return { kind: "failure", passing: isTransientFailure(result.failure) };
  }
}

/** The result of a call that was cancelled between two attempts. */
function cancelled(context: CallContext): CallResult<never> {
  const failure = { failure: "cancelled", sent: true } as const;
  return { kind: "failure", ...failure, error: failureError(context, failure, 0) };
}

/** The clock, the timers and the random numbers of a real process. */
export const DEFAULT_PORTS: Omit<CallPorts, "dispatcher"> = {
  now: Date.now,
  random: Math.random,
  // The version is read when a client is made, not when this module is loaded.
  get userAgent() {
    return `pulumi-lyceum/${ownVersion()}`;
  },
  // `seconds` can be negative, and Node would warn about a negative number. `sleepFor` rejects when the signal aborts.
  // This rejection is ignored, because the caller checks the signal.
  sleep: (seconds, signal) => sleepFor(Math.max(0, seconds * 1000), undefined, { signal }).catch(() => undefined),
  timer: (seconds, callback) => {
    const timer = setTimeout(callback, seconds * 1000);
    timer.unref();
    return () => clearTimeout(timer);
  },
};
