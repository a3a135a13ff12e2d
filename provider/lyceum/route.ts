import { isLoopback } from "./base-url";
import type { Environment } from "./configuration-source";

/** How the base URL is reached. */
export type Route =
  | { readonly kind: "direct" }
  | { readonly kind: "proxy"; readonly proxy: string; readonly noProxy: string }
  /** The variable's value is no address of a proxy. */
  | { readonly kind: "error"; readonly variable: string };

/**
 * Which proxy the environment names for a base URL: `https_proxy` or `HTTPS_PROXY`, lower case first, with the
 * exceptions of `no_proxy` or `NO_PROXY` (names with their subdomains, `host:port`, `*`). `HTTP_PROXY` is not asked:
 * plain http goes to this machine alone, and loopback never goes through a proxy, since that would carry the token in
 * clear to another machine.
 */
export function chooseRoute(baseUrl: string, environment: Environment): Route {
  const variable = environment.https_proxy === undefined ? "HTTPS_PROXY" : "https_proxy";
  const value = (environment[variable] ?? "").trim();
  if (value === "" || isLoopback(baseUrl)) return { kind: "direct" };
  // As curl does: an address without a scheme is one of plain http.
  const proxy = value.includes("://") ? value : `http://${value}`;
  const usable = URL.canParse(proxy) && ["http:", "https:"].includes(new URL(proxy).protocol);
  if (!usable) return { kind: "error", variable };
  return { kind: "proxy", proxy, noProxy: environment.no_proxy ?? environment.NO_PROXY ?? "" };
}
