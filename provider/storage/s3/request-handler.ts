import { Readable } from "node:stream";
import type { HttpRequest, HttpResponse, RequestHandler } from "@smithy/types";
import type * as Undici from "undici";
import type { Dispatcher } from "undici";

/** How requests of the library are sent. */
export interface HandlerOptions {
  /** Connections, which know the proxy. */
  readonly dispatcher: Dispatcher;
  /**
   * Whether bodies of answers are passed on as streams. Otherwise they are read first, so that the library also repeats
   * a request whose answer breaks off.
   */
  readonly streams: boolean;
}

/** Milliseconds from the start of a request without a body to the head of its answer. */
const HEAD_TIMEOUT = 30_000;
/** The slowest connection for which a body is waited for, in bytes per millisecond. */
const SLOWEST = 8;
/** Milliseconds between two parts of an answer's body. */
const BODY_TIMEOUT = 60_000;

/**
 * Sends the library's requests with the connections of this package, so that proxies and certificate authorities are
 * the same as for Lyceum's API.
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
          // undici computes the length itself, and refuses a second host.
          headers: Object.fromEntries(
            Object.entries(headers).filter(([name]) => !/^(host|content-length)$/i.test(name)),
          ),
          body: (body as Uint8Array | string | undefined) ?? null,
          signal: (abortSignal as AbortSignal | undefined) ?? null,
          // The time also runs while the body is sent.
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

/** Signature v4 also encodes the characters that `encodeURIComponent` keeps. */
function encoded(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
}

function flat(headers: Readonly<Record<string, string | string[] | undefined>>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, [value ?? ""].flat().join(", ")]));
}

/** Codes of errors that a repetition can settle. Those of certificates are not among them. */
const TRANSIENT = /^(?:UND_ERR_|ECONN|EPIPE$|ETIMEDOUT$|EAI_AGAIN$|ENOTFOUND$|EHOST|ENET)/;

/** An error of the connection under a name that the library knows as one that a repetition can settle. */
function transient(error: unknown): unknown {
  const { code, name, message } = (error ?? {}) as { readonly code?: unknown; name?: unknown; message?: unknown };
  // undici calls the refusal of a proxy an abort.
  if (!TRANSIENT.test(String(code)) && name !== "AbortError") return error;
  const text = String(message || code);
  return Object.assign(new Error(text, { cause: error }), { name: "TimeoutError", code: String(code ?? "") });
}
