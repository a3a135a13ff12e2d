/** Why there is no whole answer. */
export type FailureKind = "unreachable" | "certificate" | "proxy" | "timeout" | "broken" | "too-large" | "cancelled";

/**
 * A whole answer of whatever status, or none. `sent: false` is a promise: not one byte of the request was handed to a
 * connection, so the service cannot have acted on it.
 */
export type HttpResult =
  | {
      readonly kind: "answer";
      readonly status: number;
      readonly body: string;
      readonly retryAfter?: string;
      readonly location?: string;
      /** The header `date` as it came. */
      readonly date?: string;
    }
  | { readonly kind: "failure"; readonly failure: FailureKind; readonly sent: boolean; readonly cause?: unknown };
