import { createHash, timingSafeEqual } from "node:crypto";

type Headers = Readonly<Record<string, unknown>>;

/** Returns whether a request has the API key as its bearer token. */
export function isAuthorized(headers: Headers, apiKey: string): boolean {
  const given = /^bearer +(\S+)$/i.exec(String(headers.authorization ?? ""))?.[1];
  return given !== undefined && timingSafeEqual(digest(given), digest(apiKey));
}

/** Returns the headers that may be shown. Of credentials, only the scheme is kept. */
export function shownHeaders(headers: Headers): Headers {
  const shown: Record<string, unknown> = { ...headers };
  if (headers.authorization !== undefined) shown.authorization = String(headers.authorization).split(" ", 1)[0];
  if (headers["x-amz-security-token"] !== undefined) shown["x-amz-security-token"] = "";
  return shown;
}

/**
 * Returns whether a request comes from a program of this machine or from the emulator's own page. A request of any
 * other web page is refused, even with the API key. Such a page may be from another server, from another program on
 * this machine, or from a host name that leads to this machine. Browsers send the origin of the page, or describe it in
 * `sec-fetch-site`.
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
