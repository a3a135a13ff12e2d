import type { Dispatcher } from "undici";
import { API_PATH } from "../configuration/base-url";

/** Where a run's events come from, and with which token. */
export interface StreamSource {
  readonly dispatcher: Dispatcher;
  /** Base URL of the API: the stream has a path of its own on the same host. */
  readonly baseUrl: string;
  readonly token: string;
}

/** The path that the vendor's own command line takes where it has no streaming URL, in place of the API's. */
const STREAM_PATH = "/api/v1/stream/";
const CONNECT_SECONDS = 15;

/** Both verbs are in use, with and without the token; the first that is answered with 200 is read. */
const WAYS = [
  { method: "GET", withToken: false },
  { method: "POST", withToken: false },
  { method: "GET", withToken: true },
  { method: "POST", withToken: true },
] as const;

/**
 * Listens to a run's stream of events and calls back whenever something comes in. What comes in is not read: the shapes of the
 * events are not documented, and the logs say the same. So the stream only tells when to ask again.
 *
 * @returns `ended` after a stream that was open, whether it was complete or cut; `unavailable` where there is none
 */
export async function listenToRun(
  { dispatcher, baseUrl, token }: StreamSource,
  executionId: string,
  onEvent: () => void,
  signal: AbortSignal,
): Promise<"ended" | "unavailable"> {
  const { origin, pathname } = new URL(baseUrl);
  // What stands before the API's path belongs to a gateway, which may lead elsewhere without it.
  const prefix = pathname.slice(0, pathname.lastIndexOf(API_PATH));
  for (const { method, withToken } of WAYS) {
    if (signal.aborted) return "unavailable";
    try {
      const { statusCode, headers, body } = await dispatcher.request({
        origin,
        path: prefix + STREAM_PATH + encodeURIComponent(executionId),
        method,
        headers: { accept: "text/event-stream", ...(withToken ? { authorization: `Bearer ${token}` } : {}) },
        signal,
        headersTimeout: CONNECT_SECONDS * 1000,
        // A run may be silent for all of its time.
        bodyTimeout: 0,
      });
      if (statusCode !== 200 || !/event-stream/i.test(String(headers["content-type"] ?? "event-stream"))) {
        await body.dump().catch(() => undefined);
        continue;
      }
      try {
        for await (const _chunk of body) onEvent();
      } catch {
        // Cut off: the caller asks for the logs, and listens again.
      }
      return "ended";
    } catch {
      // No connection, or no answer in time: another verb would fare no better.
      return "unavailable";
    }
  }
  return "unavailable";
}
