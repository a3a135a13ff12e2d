import type { Call, Caller, CallResult } from "../caller";
import type { OperationName } from "../operations";

/** One answer: what the client makes of it, and the JSON before it was read. */
export interface Recorded<T = unknown> {
  readonly operation: OperationName;
  readonly result: CallResult<T>;
  /** Undefined without a successful answer, or where it is not JSON. Never printed: it may hold anything. */
  readonly json: unknown;
}

/** Makes a call as the client does, and keeps the JSON beside what the client reads from it. Never throws. */
export async function recordAnswer<T>(call: Caller, request: Call<T>): Promise<Recorded<T>> {
  let json: unknown;
  const result = await call({
    ...request,
    parse: (body) => {
      json = body;
      return request.parse(body);
    },
  });
  return { operation: request.operation, result, json };
}

/** What the client read; undefined where it could not. */
export function readValue<T>(recorded: Recorded<T> | undefined): T | undefined {
  return recorded?.result.kind === "value" ? recorded.result.value : undefined;
}
