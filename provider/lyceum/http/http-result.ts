import { codeOf } from "../errors";

/** Why there is no complete answer to a request. */
export type FailureKind = "unreachable" | "certificate" | "proxy" | "timeout" | "broken" | "too-large" | "cancelled";

/**
 * A complete answer with any status, or a failure without a complete answer. `sent: false` guarantees that no byte of
 * the request was written to a connection, so Lyceum cannot have acted on the request.
 */
export type HttpResult =
  | {
      readonly kind: "answer";
      readonly status: number;
      readonly body: string;
      readonly retryAfter?: string | undefined;
      readonly location?: string | undefined;
      /** The engine of the emulator, if an emulator has answered. */
      readonly emulator?: string | undefined;
    }
  | { readonly kind: "failure"; readonly failure: FailureKind; readonly sent: boolean; readonly cause?: unknown };

/** Node's error codes for a certificate that is not trusted. Other codes that contain `CERT` count too. */
const CERTIFICATE_CODES = new Set([
  "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
  "HOSTNAME_MISMATCH",
  "INVALID_CA",
  "PATH_LENGTH_EXCEEDED",
  "CRL_HAS_EXPIRED",
  "UNABLE_TO_GET_CRL",
]);

/** Converts a thrown value to the kind of failure. `sent` is true if any byte of the request was sent. */
export function failureKindOf(cause: unknown, sent: boolean): FailureKind {
  const code = codeOf(cause) ?? firstInnerCode(cause) ?? "";
  if (sent) return "broken";
  if (CERTIFICATE_CODES.has(code) || /(^|_)CERT(_|$)/.test(code)) return "certificate";
  if (code === "UND_ERR_PRX_TLS" || /proxy response/i.test(cause instanceof Error ? cause.message : "")) return "proxy";
  return "unreachable";
}

/**
 * Returns the first error code inside an `AggregateError`, which contains one error for each address that was tried.
 */
function firstInnerCode(cause: unknown): string | undefined {
  const inner = typeof cause === "object" && cause !== null ? (cause as { errors?: unknown }).errors : undefined;
  return Array.isArray(inner) ? inner.map(codeOf).find((code) => code !== undefined) : undefined;
}
