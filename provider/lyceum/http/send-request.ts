import type { Dispatcher } from "undici";
import type { FailureKind, HttpResult } from "./http-result";
import { failureKindOf } from "./http-result";

/** The effects that one request needs. */
export interface SendPorts {
  readonly dispatcher: Dispatcher;
  /**
   * Calls `callback` once, after `seconds`. The returned function cancels the timer. The timer must not keep the
   * process alive.
   */
  readonly timer: (seconds: number, callback: () => void) => () => void;
}

/** One complete HTTP request. */
interface HttpRequest {
  readonly method: "GET" | "POST" | "DELETE";
  readonly origin: string;
  /** The encoded path with its query. */
  readonly path: string;
  /** The body as JSON text. */
  readonly body: string | undefined;
  readonly headers: Readonly<Record<string, string>>;
  readonly timeoutSeconds: number;
  readonly signal: AbortSignal | undefined;
}

const LONGEST_ANSWER_BYTES = 8 * 1024 * 1024;

/**
 * Sends one request and reads its whole answer. Never throws, never retries and never follows a redirect, so only the
 * base URL's origin receives the token. One timer limits the whole request, including the connection.
 *
 * `sent` of a failure is true if undici has called `onRequestStart`. undici calls it immediately before it writes the
 * first byte. The error code does not show this, because a reset connection has the same code before and after that
 * byte.
 */
export function sendRequest({ dispatcher, timer }: SendPorts, request: HttpRequest): Promise<HttpResult> {
  const { origin, path, method, headers, body = null, signal } = request;
  return new Promise((resolve) => {
    let controller: Dispatcher.DispatchController | undefined;
    let done = false;
    let size = 0;
    let head: Omit<Extract<HttpResult, { kind: "answer" }>, "kind" | "body"> = { status: 0 };
    const chunks: Buffer[] = [];

    const settle = (result: HttpResult): void => {
      if (done) return;
      done = true;
      cancelTimer();
      signal?.removeEventListener("abort", onAbort);
      resolve(result);
    };
    const stop = (failure: FailureKind): void => {
      settle({ kind: "failure", failure, sent: controller !== undefined });
      controller?.abort(new Error(failure));
    };
    const fail = (cause: unknown): void => {
      const sent = controller !== undefined;
      settle({ kind: "failure", failure: failureKindOf(cause, sent), sent, cause });
    };
    const onAbort = (): void => stop(isOutOfTime(signal) ? "timeout" : "cancelled");
    const cancelTimer = timer(request.timeoutSeconds, () => stop("timeout"));
    if (signal?.aborted) return onAbort();
    signal?.addEventListener("abort", onAbort);

    const handler: Dispatcher.DispatchHandler = {
      onRequestStart(started) {
        // If the request was stopped before it had a connection, the caller treats it as never sent. So it must not be
        // sent now.
        if (done) started.abort(new Error("stopped"));
        else controller = started;
      },
      onResponseStart(_controller, status, { "retry-after": retryAfter, location, "x-lyceum-emulator": engine }) {
        // undici also calls this function for interim answers (status 1xx). The last call has the status of the final
        // answer.
        const emulator = firstText(engine);
        head = { status, retryAfter: firstText(retryAfter), location: firstText(location), emulator };
      },
      onResponseData(_controller, chunk) {
        size += chunk.length;
        if (size > LONGEST_ANSWER_BYTES) stop("too-large");
        else chunks.push(chunk);
      },
      onResponseEnd() {
        const text = Buffer.concat(chunks).toString("utf8");
        settle({ kind: "answer", ...head, body: text.replace(/^\uFEFF/, "") });
      },
      onResponseError(_controller, cause) {
        fail(cause);
      },
    };
    try {
      // Turns off undici's own time limits. Only the timer of the call limits a request.
      const clocks = { headersTimeout: 0, bodyTimeout: 0 };
      dispatcher.dispatch({ origin, path, method, headers: { ...headers }, body, ...clocks }, handler);
    } catch (cause) {
      fail(cause);
    }
  });
}

function firstText(header: string | string[] | undefined): string | undefined {
  return Array.isArray(header) ? header[0] : header;
}

/**
 * Returns true if the signal aborted because the time was over (`AbortSignal.timeout`), not because the caller
 * cancelled.
 */
export function isOutOfTime(signal: AbortSignal | undefined): boolean {
  return signal?.aborted === true && (signal.reason as { readonly name?: unknown } | null)?.name === "TimeoutError";
}
