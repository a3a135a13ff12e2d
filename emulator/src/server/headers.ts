import { createHash, timingSafeEqual } from "node:crypto";

type Headers = Readonly<Record<string, unknown>>;

/** Whether a request has the key as its bearer token. */
export function isAuthorized(headers: Headers, apiKey: string): boolean {
  const given = /^bearer +(\S+)$/i.exec(String(headers.authorization ?? ""))?.[1];
  return given !== undefined && timingSafeEqual(digest(given), digest(apiKey));
}

/** Headers that may be shown. Credentials are removed except for their scheme. */
export function shownHeaders(headers: Headers): Headers {
  const shown: Record<string, unknown> = { ...headers };
  if (headers.authorization !== undefined) shown.authorization = String(headers.authorization).split(" ", 1)[0];
  if (headers["x-amz-security-token"] !== undefined) shown["x-amz-security-token"] = "";
  return shown;
}

/**
 * Whether a request comes from a program of this machine or from the emulator's own page. A request of any other web
 * page is refused, even with the key. Such a page may be from another server, from another program on this machine, or
 * from a name that leads to this machine. Browsers send the origin of the page, or describe it in `sec-fetch-site`.
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
