import { createHash, timingSafeEqual } from "node:crypto";

type Headers = Readonly<Record<string, unknown>>;

/** Whether a request carries the key as its bearer token. */
export function isAuthorized(headers: Headers, apiKey: string): boolean {
  const given = /^bearer +(\S+)$/i.exec(String(headers.authorization ?? ""))?.[1];
  return given !== undefined && timingSafeEqual(digest(given), digest(apiKey));
}

/** Headers as they may be shown: of a credential only its scheme. */
export function shownHeaders(headers: Headers): Headers {
  if (headers.authorization === undefined) return { ...headers };
  return { ...headers, authorization: String(headers.authorization).split(" ", 1)[0] };
}

/**
 * Whether a request comes from this machine's own programs. A web page can make a browser send requests to loopback, by a
 * name that it controls or from its own origin; neither may read a token or drive a run.
 */
export function isLocal(headers: Headers): boolean {
  if (!isLoopback(String(headers.host ?? ""))) return false;
  const { origin } = headers;
  if (origin === undefined) return true;
  return /^https?:\/\//.test(String(origin)) && isLoopback(String(origin).replace(/^https?:\/\//, ""));
}

function isLoopback(host: string): boolean {
  return /^(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d+)?$/i.test(host);
}

function digest(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}
