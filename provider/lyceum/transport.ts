import type { Dispatcher } from "undici";
import type { AnswerHandler } from "./answer-handler";
import { createAnswerHandler } from "./answer-handler";
import type { FailureKind, HttpResult } from "./http-result";

/** Something that runs once later; the returned function calls it off. Must not keep the process alive by itself. */
export type Timer = (seconds: number, callback: () => void) => () => void;

/** One request, complete. */
export interface HttpRequest {
  readonly method: "GET" | "POST" | "DELETE";
  /** Under the base URL, encoded. */
  readonly path: string;
  /** JSON text. */
  readonly body?: string | undefined;
  readonly headers: Readonly<Record<string, string>>;
  readonly timeoutSeconds: number;
  readonly signal?: AbortSignal | undefined;
}

/** An answer longer than this many bytes is not read on. */
export const LONGEST_ANSWER_BYTES = 8 * 1024 * 1024;

/**
 * Sends one request and reads its answer to the end. Never throws, never retries, never follows a redirect: the token
 * goes to the base URL's origin or nowhere. One clock bounds all of it, connecting included.
 */
export function sendRequest(
  ports: { readonly dispatcher: Dispatcher; readonly timer: Timer; readonly baseUrl: string },
  request: HttpRequest,
): Promise<HttpResult> {
  const base = new URL(ports.baseUrl);
  return new Promise((resolve) => {
    let handler: AnswerHandler | undefined;
    const stop = (failure: FailureKind) => () => handler?.stop(failure);
    const onAbort = stop("cancelled");
    const cancelTimer = ports.timer(request.timeoutSeconds, stop("timeout"));
    handler = createAnswerHandler(LONGEST_ANSWER_BYTES, (result) => {
      cancelTimer();
      request.signal?.removeEventListener("abort", onAbort);
      resolve(result);
    });
    if (request.signal?.aborted) return onAbort();
    request.signal?.addEventListener("abort", onAbort, { once: true });
    try {
      ports.dispatcher.dispatch(
        {
          origin: base.origin,
          path: base.pathname.replace(/\/$/, "") + request.path,
          method: request.method,
          headers: { ...request.headers },
          body: request.body ?? null,
          // The call's own clock is the only one.
          headersTimeout: 0,
          bodyTimeout: 0,
        },
        handler.dispatchHandler,
      );
    } catch (cause) {
      handler.fail(cause);
    }
  });
}
