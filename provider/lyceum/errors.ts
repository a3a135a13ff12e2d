import type { Redactor } from "../secrets";
import { createRedactor } from "../secrets";
import type { LyceumErrorCode } from "./catalogue";
import { compact } from "./json";

/** Identifies errors of this package. `instanceof` does not find an error of another loaded copy of the package. */
const BRAND = Symbol.for("pulumi-lyceum.LyceumError");

type Optional = Pick<LyceumError, "status" | "operation" | "property" | "retryAfterSeconds" | "reported">;

/** The values of a new error. The constructor redacts all texts, so callers need not redact them. */
export interface LyceumErrorParts extends Readonly<{ [Name in keyof Optional]?: LyceumError[Name] | undefined }> {
  readonly code: LyceumErrorCode;
  /** Complete sentences: what happened, why, and what to do next. */
  readonly message: string;
  readonly cause?: unknown;
  /** Removes the known secrets from every text. Texts that look like a secret are always redacted. */
  readonly redact?: Redactor | undefined;
}

/**
 * A failure of the configuration or of a call. The error contains no secret, because the constructor redacts message,
 * cause and stack. `stack` is only `code: message`, because Pulumi prints `stack` to users. With LYCEUM_DEBUG, `stack`
 * also has the stack frames.
 */
export class LyceumError extends Error {
  /** Stable code, such as `LYC1101`. The page on errors lists all codes. */
  readonly code: LyceumErrorCode;
  /** HTTP status of the answer. Absent if there was no answer. */
  readonly status?: number;
  /** `operationId` of the contract, such as `startComposeExecution`. */
  readonly operation?: string;
  /**
   * The argument of the resource that is not valid, such as `registryCredentials.password`. Absent if Lyceum named no
   * argument.
   */
  readonly property?: string;
  /** Seconds that Lyceum asked the client to wait. */
  readonly retryAfterSeconds?: number;
  /** Lyceum's own text about why it refused the call. */
  readonly reported?: string;
  override readonly cause?: Error;

  constructor(parts: LyceumErrorParts) {
    const redact = parts.redact ?? createRedactor([]);
    super(redact(parts.message));
    this.name = "LyceumError";
    this.code = parts.code;
    const { status, operation, property, retryAfterSeconds } = parts;
    const reported = parts.reported === undefined ? undefined : redact(parts.reported);
    Object.assign(this, compact({ status, operation, property, retryAfterSeconds, reported }));
    const cause = redactedCause(parts.cause, redact);
    if (cause !== undefined) hide(this, "cause", cause);
    hide(this, "stack", stackOf(this, redact));
    hide(this, BRAND, true);
  }

  /** Whether a value is an error of this class, from any loaded copy of the package. */
  static isInstance(value: unknown): value is LyceumError {
    return typeof value === "object" && value !== null && (value as Record<symbol, unknown>)[BRAND] === true;
  }

  override toString(): string {
    return `${this.code}: ${this.message}`;
  }
}

function hide(target: object, key: PropertyKey, value: unknown): void {
  Object.defineProperty(target, key, { value, enumerable: false, configurable: true, writable: true });
}

function stackOf(error: LyceumError, redact: Redactor): string {
  const head = `${error.code}: ${error.message}`;
  if (!process.env.LYCEUM_DEBUG) return head;
  // A JavaScript stack begins with name and message, which may have several lines. Only the stack frames after the
  // message are kept.
  const frames = (error.stack ?? "").split("\n").filter((line) => /^\s+at /.test(line));
  return redact([head, ...frames].join("\n"));
}

/**
 * Returns the cause as a new error with only the code and the redacted text, because the original error may contain the
 * request, headers or addresses. Returns a `LyceumError` unchanged.
 */
function redactedCause(cause: unknown, redact: Redactor): Error | undefined {
  if (cause === undefined || cause === null) return undefined;
  if (LyceumError.isInstance(cause)) return cause;
  const copy = new Error(redact(describeCause(cause)));
  const code = codeOf(cause);
  if (code !== undefined) Object.assign(copy, { code });
  hide(copy, "stack", `${copy.name}: ${copy.message}`);
  return copy;
}

/** Returns the text of any thrown value. An `AggregateError` has no text, so its first error is described. */
export function describeCause(cause: unknown): string {
  if (!(cause instanceof Error)) return typeof cause === "string" ? cause : "an unknown cause";
  const inner = (cause as { errors?: unknown }).errors;
  if (cause.message === "" && Array.isArray(inner) && inner.length > 0) return describeCause(inner[0]);
  return cause.message === "" ? cause.name : cause.message;
}

/** The `code` of any thrown value, such as `ECONNREFUSED`. */
export function codeOf(cause: unknown): string | undefined {
  const code = typeof cause === "object" && cause !== null ? (cause as { code?: unknown }).code : undefined;
  return typeof code === "string" ? code : undefined;
}
