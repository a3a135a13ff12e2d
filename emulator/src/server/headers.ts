import { createHash, timingSafeEqual } from "node:crypto";

type Headers = Readonly<Record<string, unknown>>;

/** Whether a request carries the key as its bearer token. */
export function isAuthorized(headers: Headers, apiKey: string): boolean {
  const given = /^bearer +(\S+)$/i.exec(String(headers.authorization ?? ""))?.[1];
  return given !== undefined && timingSafeEqual(digest(given), digest(apiKey));
}

/** Headers that may be shown: credentials are cut to their scheme. */
export function shownHeaders(headers: Headers): Headers {
  if (headers.authorization === undefined) return { ...headers };
  return { ...headers, authorization: String(headers.authorization).split(" ", 1)[0] };
}

/**
 * Whether a program of this machine sends the request, or the emulator's own page. Any other web page is refused even
 * with the key: one from another server, from another program here, or with a name that points at this machine.
 * Browsers send the origin, or say in `sec-fetch-site` whose page asks.
 */
export function isLocal({ host, origin, "sec-fetch-site": site = "none" }: Headers): boolean {
  const isLoopback = /^(localhost|127(\.\d{1,3}){3}|\[::1\])(:\d+)?$/i.test(String(host));
  return (
    isLoopback && (origin === undefined || origin === `http://${host}`) && /^(none|same-origin)$/.test(String(site))
  );
}

function digest(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}
