import type { Redactor } from "../secrets";
import { createRedactor } from "../secrets";
import { compact } from "./answers/json";
import type { LyceumErrorCode } from "./catalogue";

/** Marks our errors across two loaded copies of the package, where `instanceof` fails. */
const BRAND = Symbol.for("pulumi-lyceum.LyceumError");

type Optional = Pick<LyceumError, "status" | "operation" | "property" | "retryAfterSeconds" | "reported">;

/** What an error is made of. Texts are redacted in the constructor, so a factory may pass what it got. */
export interface LyceumErrorParts extends Readonly<{ [Name in keyof Optional]?: LyceumError[Name] | undefined }> {
  readonly code: LyceumErrorCode;
  /** What happened, why, what to do next: whole sentences. */
  readonly message: string;
  readonly cause?: unknown;
  /** Takes the secrets in play out of every text; shapes that are secret by themselves go without it. */
  readonly redact?: Redactor | undefined;
}

/**
 * Any failure of configuration or of a call. Nothing in it holds a secret: message, cause and stack were redacted when
 * it was made. `stack` is `code: message` alone, since Pulumi prints it to users; set LYCEUM_DEBUG for the frames.
 */
export class LyceumError extends Error {
  /** Stable code, such as `LYC1101`; see the guide's page on errors. */
  readonly code: LyceumErrorCode;
  /** HTTP status of the answer; absent when there was none. */
  readonly status?: number;
  /** `operationId` of the contract, such as `startComposeExecution`. */
  readonly operation?: string;
  /** Argument of the resource that is not valid, such as `registryCredentials.password`, when the service named one. */
  readonly property?: string;
  /** Seconds the service asked to wait, when it did. */
  readonly retryAfterSeconds?: number;
  /** What the service says about its refusal, when it does. */
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

  /** Whether a value is one of our errors, whichever copy of the package made it. */
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
  // The engine's own text begins with name and message, which may span lines; only the frames are wanted.
  const frames = (error.stack ?? "").split("\n").filter((line) => /^\s+at /.test(line));
  return redact([head, ...frames].join("\n"));
}

/** The cause as a new error of code and redacted text: the original may hold request, headers or addresses. */
function redactedCause(cause: unknown, redact: Redactor): Error | undefined {
  if (cause === undefined || cause === null) return undefined;
  if (LyceumError.isInstance(cause)) return cause;
  const copy = new Error(redact(describeCause(cause)));
  const code = codeOf(cause);
  if (code !== undefined) Object.assign(copy, { code });
  hide(copy, "stack", `${copy.name}: ${copy.message}`);
  return copy;
}

/** Text of anything thrown. An `AggregateError` (one per address tried) has no text of its own: its first one speaks. */
export function describeCause(cause: unknown): string {
  if (!(cause instanceof Error)) return typeof cause === "string" ? cause : "an unknown cause";
  const inner = (cause as { errors?: unknown }).errors;
  if (cause.message === "" && Array.isArray(inner) && inner.length > 0) return describeCause(inner[0]);
  return cause.message === "" ? cause.name : cause.message;
}

/** `code` of anything thrown, such as `ECONNREFUSED`. */
export function codeOf(cause: unknown): string | undefined {
  const code = typeof cause === "object" && cause !== null ? (cause as { code?: unknown }).code : undefined;
  return typeof code === "string" ? code : undefined;
}
