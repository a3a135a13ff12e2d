import { Readable } from "node:stream";
import type { HttpRequest, HttpResponse, RequestHandler } from "@smithy/types";
import type * as Undici from "undici";
import type { Dispatcher } from "undici";

/** Options of {@link requestHandler}, which sends the requests of the S3 library. */
export interface HandlerOptions {
  /** Sends the requests. Uses the same proxy as the requests to the API of Lyceum. */
  readonly dispatcher: Dispatcher;
  /**
   * Whether the body of an answer is passed on as a stream. Otherwise the body is first read to its end, and the
   * library repeats a request whose answer breaks off.
   */
  readonly streams: boolean;
}

/** The longest time from the start of a request without a body to the head of its answer, in milliseconds. */
const HEAD_TIMEOUT = 30_000;
/** The slowest speed at which a body may be sent, in bytes per millisecond. A slower request is aborted. */
const SLOWEST = 8;
/** The longest time between two parts of an answer's body, in milliseconds. */
const BODY_TIMEOUT = 60_000;

/**
 * Sends the library's requests over the connections of this package. So the requests use the same proxies and
 * certificate authorities as requests to Lyceum's API.
 */
export function requestHandler({
  dispatcher,
  streams,
}: HandlerOptions): RequestHandler<HttpRequest, HttpResponse, { readonly abortSignal?: unknown }> {
  return {
    metadata: { handlerProtocol: "http/1.1" },
    async handle({ protocol, hostname, port, path, query, method, headers, body }, { abortSignal } = {}) {
      const { request } = require("undici") as typeof Undici;
      const address = `${protocol}//${hostname}${port === undefined ? "" : `:${port}`}${path}${textOf(query)}`;
      try {
        const answer = await request(address, {
          dispatcher,
          method: method as Dispatcher.HttpMethod,
          // undici computes the content length itself, and refuses a second `host` header.
          headers: Object.fromEntries(
            Object.entries(headers).filter(([name]) => !/^(host|content-length)$/i.test(name)),
          ),
          body: (body as Uint8Array | string | undefined) ?? null,
          signal: (abortSignal as AbortSignal | undefined) ?? null,
          // The time limit includes the time in which the body is sent, so a larger body gets more time.
          headersTimeout: HEAD_TIMEOUT + Math.ceil(lengthOf(body) / SLOWEST),
          bodyTimeout: BODY_TIMEOUT,
        });
        const content = streams ? answer.body : Readable.from([Buffer.from(await answer.body.arrayBuffer())]);
        return { response: { statusCode: answer.statusCode, headers: flat(answer.headers), body: content } };
      } catch (error) {
        throw (abortSignal as AbortSignal | undefined)?.aborted === true ? error : transient(error);
      }
    },
  };
}

function lengthOf(body: unknown): number {
  return body instanceof Uint8Array || typeof body === "string" ? body.length : 0;
}

function textOf(query: HttpRequest["query"]): string {
  const pairs = Object.entries(query ?? {}).flatMap(([name, value]) =>
    [value].flat().map((one) => [name, one] as const),
  );
  if (pairs.length === 0) return "";
  const texts = pairs.map(([name, value]) => `${encoded(name)}${value === null ? "" : `=${encoded(value ?? "")}`}`);
  return `?${texts.join("&")}`;
}

/** Percent-encodes a text for signature v4, which also encodes `!'()*`. */
function encoded(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
}

function flat(headers: Readonly<Record<string, string | string[] | undefined>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value ?? ""].flat().join(", ")]));
}

/** Matches the codes of errors after which a retry may succeed. Certificate errors do not match. */
const TRANSIENT = /^(?:UND_ERR_|ECONN|EPIPE$|ETIMEDOUT$|EAI_AGAIN$|ENOTFOUND$|EHOST|ENET)/;

/** If a retry may succeed, gives the connection error a name that makes the library retry the request. */
function transient(error: unknown): unknown {
  const { code, name, message } = (error ?? {}) as { readonly code?: unknown; name?: unknown; message?: unknown };
  // If a proxy refuses a connection, undici reports an abort.
  if (!TRANSIENT.test(String(code)) && name !== "AbortError") return error;
  const text = String(message || code);
  return Object.assign(new Error(text, { cause: error }), { name: "TimeoutError", code: String(code ?? "") });
}
