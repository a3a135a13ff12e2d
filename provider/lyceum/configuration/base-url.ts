import type { Environment } from "./settings";

/** The path of the API. Every base URL ends with this path. */
export const API_PATH = "/api/v2/external";

/** The base URL if no setting contains one (from `servers` in the contract). */
export const DEFAULT_BASE_URL = `https://api.lyceum.technology${API_PATH}`;

/**
 * A base URL in canonical form, or an error. The error has a `code` of the catalogue and a reason, which never contains
 * the invalid URL.
 */
export type BaseUrlResult =
  | { readonly kind: "ok"; readonly baseUrl: string }
  | {
      readonly kind: "error";
      readonly code: "LYC1002" | "LYC1003";
      readonly reason: string;
      /** What the user can do next. If absent, the message has the remedy of the code. */
      readonly remedy?: string;
    };

/**
 * What `pulumi-lyceum emulator --env` sets as the base URL if no emulator runs. It is not a valid URL, so the next
 * command fails, and does not use a real account by mistake.
 */
export const NO_EMULATOR = "no-emulator-is-running";

/** How the API key of every emulator begins. No account has such a key. */
const EMULATOR_KEY = "lk_local_";

/**
 * Reads the base URL to which an API key is sent. The text may have `/api/v2/external`, trailing slashes, upper case in
 * the host, or the path of a gateway. The canonical form has a lower-case host, no default port, the API's path and no
 * trailing slash.
 * @param apiKey the key, or undefined if none is known
 */
export function readBaseUrl(text: string, apiKey: string | undefined): BaseUrlResult {
  const error = (reason: string, code: "LYC1002" | "LYC1003" = "LYC1002"): BaseUrlResult => ({
    kind: "error",
    code,
    reason,
  });
  if (text === NO_EMULATOR) {
    const remedy =
      'Start `npx pulumi-lyceum emulator`, then run `eval "$(npx pulumi-lyceum emulator --env)"` in this shell. To use Lyceum, run `unset LYCEUM_BASE_URL`.';
    const reason = "no emulator was running when `emulator --env` set it";
    return { kind: "error", code: "LYC1002", reason, remedy };
  }
  if (!URL.canParse(text)) return error("it is not a URL that starts with https://");
  const url = new URL(text);
  if (url.protocol !== "https:" && url.protocol !== "http:")
    return error("it must start with https:// (http:// is allowed for this machine and for an emulator only)");
  if (url.username !== "" || url.password !== "") return error("it contains credentials; set the API key separately");
  if (/[?#]/.test(text)) return error("it has a query or a fragment");
  if (url.protocol === "http:" && !isHttpAllowed(text, apiKey)) {
    return error("http:// would send the API key unencrypted to another machine", "LYC1003");
  }
  const path = url.pathname.replace(/(?<!\/)\/+$/, "");
  const prefix = path.endsWith(API_PATH) ? path.slice(0, -API_PATH.length) : path;
  if (/\/api(\/|$)/.test(prefix) || prefix.includes("//")) {
    return error(`its path must be empty or end in ${API_PATH}`);
  }
  return { kind: "ok", baseUrl: `${url.origin}${prefix}${API_PATH}` };
}

/** Whether a URL leads to this machine: to 127.0.0.0/8, ::1 or `localhost`. */
export function isLoopback(url: string): boolean {
  const hostname = URL.canParse(url) ? new URL(url).hostname : "";
  return hostname === "localhost" || hostname === "[::1]" || /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(hostname);
}

/**
 * Returns true if an API key, or another credential of the key's account, may be sent with plain http. Every function
 * that sends a request must use this check.
 *
 * | URL | API key | allowed |
 * |---|---|---|
 * | this machine | any | yes |
 * | a name without a dot, `host.docker.internal`, a private address | of an emulator (`lk_local_…`) | yes, because the key of an emulator protects no account |
 * | a name without a dot, `host.docker.internal`, a private address | any other, or none | no |
 * | any other | any | no |
 */
export function isHttpAllowed(url: string, apiKey: string | undefined): boolean {
  return isLoopback(url) || (apiKey?.startsWith(EMULATOR_KEY) === true && isPrivate(url));
}

/** Returns true if an emulator may answer at a base URL: on this machine, or with plain http in the local network. */
export function mayBeEmulator(baseUrl: string): boolean {
  return isLoopback(baseUrl) || (baseUrl.startsWith("http://") && isPrivate(baseUrl));
}

/**
 * Returns true if a URL leads to a container, or to a machine of the local network. A host name without a dot is the
 * name of a container or of a pipeline's service. The patterns match only one spelling of an address, because the URL
 * class writes every IPv4 address as four decimal numbers, and every IPv6 address in its shortest form.
 */
function isPrivate(url: string): boolean {
  const hostname = URL.canParse(url) ? new URL(url).hostname : "";
  if (hostname === "") return false;
  if (hostname.startsWith("[")) return /^\[f[cd][0-9a-f]{2}:/.test(hostname);
  if (/^\d+\.\d+\.\d+\.\d+$/.test(hostname)) return /^(10|192\.168|172\.(1[6-9]|2\d|3[01]))\./.test(hostname);
  return hostname === "host.docker.internal" || !hostname.includes(".");
}

/** How a call reaches the base URL: directly, or through a proxy. */
export type Route =
  | { readonly kind: "direct" }
  | { readonly kind: "proxy"; readonly proxy: string; readonly noProxy: string }
  /** The error if the value of a proxy variable is not a valid address. */
  | { readonly kind: "error"; readonly variable: string };

/**
 * Chooses the proxy for a base URL from `https_proxy` or `HTTPS_PROXY`. The lower-case variable wins. There is no proxy
 * in three cases:
 *
 * - for an `http://` base URL, because the proxy could read the token (so `HTTP_PROXY` is ignored)
 * - for a base URL on this machine
 * - for the exceptions in `no_proxy` or `NO_PROXY`: names with their subdomains, `host:port`, `*`
 */
export function chooseRoute(baseUrl: string, environment: Environment): Route {
  const variable = environment.https_proxy === undefined ? "HTTPS_PROXY" : "https_proxy";
  const value = (environment[variable] ?? "").trim();
  if (value === "" || isLoopback(baseUrl) || baseUrl.startsWith("http://")) return { kind: "direct" };
  // Treats a proxy address without a scheme as plain http, as curl does.
  const proxy = value.includes("://") ? value : `http://${value}`;
  const usable = URL.canParse(proxy) && ["http:", "https:"].includes(new URL(proxy).protocol);
  if (!usable) return { kind: "error", variable };
  return { kind: "proxy", proxy, noProxy: environment.no_proxy ?? environment.NO_PROXY ?? "" };
}
