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

/** Milliseconds from the last byte of a request to the head of its answer. */
const HEAD_TIMEOUT = 120_000;
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
          headersTimeout: HEAD_TIMEOUT,
          bodyTimeout: BODY_TIMEOUT,
        });
        const content = streams ? answer.body : Readable.from([Buffer.from(await answer.body.arrayBuffer())]);
        return { response: { statusCode: answer.statusCode, headers: flat(answer.headers), body: content } };
      } catch (error) {
        throw transient(error);
      }
    },
  };
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

/** An error of the connection under a name that the library knows as one that a repetition can settle. */
function transient(error: unknown): unknown {
  if (!(error instanceof Error) || error.name === "AbortError") return error;
  const code = String((error as { code?: unknown }).code ?? "");
  if (!/^(UND_ERR_|E[A-Z]+$)/.test(code)) return error;
  return Object.assign(new Error(error.message || code, { cause: error }), { name: "TimeoutError", code });
}
