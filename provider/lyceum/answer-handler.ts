import type { Dispatcher } from "undici";
import type { FailureKind, HttpResult } from "./http-result";
import { failureKindOf } from "./network-errors";

/** Collects one answer. Settles exactly once, whatever comes later. */
export interface AnswerHandler {
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
export function createAnswerHandler(limitBytes: number, settled: (result: HttpResult) => void): AnswerHandler {
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
