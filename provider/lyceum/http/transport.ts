import type { Dispatcher } from "undici";
import type { FailureKind, HttpResult } from "./http-result";
import { failureKindOf } from "./http-result";

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

/** Collects one answer. Settles exactly once, whatever comes later. */
interface AnswerHandler {
  readonly dispatchHandler: Dispatcher.DispatchHandler;
  /** Ends the request from our side. */
  stop(failure: FailureKind): void;
  /** Ends it with something thrown. */
  fail(cause: unknown): void;
}

/**
 * undici calls a handler's `onRequestStart` immediately before it writes the first byte to a connection that stands. So
 * "not called yet" is proof that nothing was sent, which an error's code alone is not: a reset has the same code
 * before and after.
 */
function createAnswerHandler(limitBytes: number, settled: (result: HttpResult) => void): AnswerHandler {
  let controller: Dispatcher.DispatchController | undefined;
  let done = false;
  let size = 0;
  let head: { status: number; retryAfter?: string; location?: string; date?: string } = { status: 0 };
  const chunks: Buffer[] = [];

  const settle = (result: HttpResult): void => {
    if (done) return;
    done = true;
    settled(result);
  };
  const stop = (failure: FailureKind): void => {
    settle({ kind: "failure", failure, sent: controller !== undefined });
    controller?.abort(new Error(failure));
  };
  const fail = (cause: unknown): void => {
    const sent = controller !== undefined;
    settle({ kind: "failure", failure: failureKindOf(cause, sent), sent, cause });
  };

  return {
    stop,
    fail,
    dispatchHandler: {
      onRequestStart(started) {
        // Stopped while it waited for a connection, and reported as never sent: hold it to that.
        if (done) started.abort(new Error("stopped"));
        else controller = started;
      },
      onResponseStart(_controller, status, headers) {
        // Interim answers (1xx) come here too; the last one counts.
        head = {
          status,
          ...textHeader("retryAfter", headers["retry-after"]),
          ...textHeader("location", headers.location),
          ...textHeader("date", headers.date),
        };
      },
      onResponseData(_controller, chunk) {
        size += chunk.length;
        if (size > limitBytes) stop("too-large");
        else chunks.push(chunk);
      },
      onResponseEnd() {
        settle({
          kind: "answer",
          ...head,
          body: Buffer.concat(chunks)
            .toString("utf8")
            .replace(/^\uFEFF/, ""),
        });
      },
      onResponseError(_controller, cause) {
        fail(cause);
      },
    },
  };
}

function textHeader<K extends string>(key: K, value: string | string[] | undefined): { [key in K]?: string } {
  const text = Array.isArray(value) ? value[0] : value;
  return (text === undefined ? {} : { [key]: text }) as { [key in K]?: string };
}
