import { createHash, timingSafeEqual } from "node:crypto";

type Headers = Readonly<Record<string, unknown>>;

/** Returns whether a request has the API key as its bearer token. */
export function isAuthorized(headers: Headers, apiKey: string): boolean {
  const given = /^bearer +(\S+)$/i.exec(String(headers.authorization ?? ""))?.[1];
  return given !== undefined && timingSafeEqual(digest(given), digest(apiKey));
}

/**
 * Returns the headers as the log shows them. `authorization` has only its scheme, and `x-amz-security-token` is empty.
 */
export function shownHeaders(headers: Headers): Headers {
  const shown: Record<string, unknown> = { ...headers };
  if (headers.authorization !== undefined) shown.authorization = String(headers.authorization).split(" ", 1)[0];
  if (headers["x-amz-security-token"] !== undefined) shown["x-amz-security-token"] = "";
  return shown;
}

/**
 * Returns why a request must be refused, even with the API key. Returns undefined for any other request.
 *
 * | refused | because |
 * |---------|---------|
 * | an unknown `host` | a page of an attacker can use the name of its own server for this machine (DNS rebinding) |
 * | a foreign `origin` or `sec-fetch-site` | the browser shows with these headers that another web page sent the request |
 *
 * @param allowed host names of this server in addition to the names of this machine, in lower case
 */
export function refusalOf(
  { host, origin, "sec-fetch-site": site = "none" }: Headers,
  allowed: ReadonlySet<string>,
): string | undefined {
  const name = /^(\[[^\]]*\]|[^:]*)(?::\d+)?$/.exec(String(host))?.[1]?.toLowerCase() ?? "";
  if (!/^(localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(name) && !allowed.has(name)) {
    const shown = /^[\w.:[\]-]{1,100}$/.test(name) ? name : "NAME";
    return `The emulator serves only its own host names: 127.0.0.1, localhost and those of --allow-host. To use it by another name, start it with --allow-host ${shown}.`;
  }
  const isOwnPage = origin === undefined || String(origin).toLowerCase() === `http://${String(host).toLowerCase()}`;
  if (isOwnPage && /^(none|same-origin)$/.test(String(site))) return undefined;
  return "The emulator answers programs and its own page, and no foreign web page.";
}

function digest(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}
