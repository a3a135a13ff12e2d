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
 * name that it controls or from its own origin; neither may read a token or drive a run. A page of this machine is no
 * better: whatever is served here by another program is a page too. Browsers name the origin, or say by `sec-fetch-site`
 * that a page asks.
 */
export function isLocal(headers: Headers): boolean {
  const site = headers["sec-fetch-site"];
  return (
    isLoopback(String(headers.host ?? "")) && headers.origin === undefined && (site === undefined || site === "none")
  );
}

/**
 * Whether the emulator's own page asks. Only the browser sets these headers, and it writes `same-origin` for nobody else: a
 * page of another port or program is `same-site` or `cross-site`, and one whose name was pointed at this machine has another
 * host. A browser that does not send `sec-fetch-site` to loopback names the origin with everything but a read.
 */
export function isOwnPage(headers: Headers): boolean {
  const host = String(headers.host ?? "");
  const site = headers["sec-fetch-site"];
  const isOwnOrigin = headers.origin === `http://${host}`;
  const isOwn =
    site === "same-origin" ? isOwnOrigin || headers.origin === undefined : site === undefined && isOwnOrigin;
  return isOwn && isLoopback(host);
}

function isLoopback(host: string): boolean {
  return /^(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d+)?$/i.test(host);
}

function digest(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}
