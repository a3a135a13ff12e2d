import { Agent, type Dispatcher, EnvHttpProxyAgent, Pool } from "undici";
import { isLoopback } from "./base-url";
import type { Environment } from "./configuration";

const CONNECT_TIMEOUT_MILLISECONDS = 10_000;

/** How the base URL is reached. */
export type Route =
  | { readonly kind: "direct" }
  | { readonly kind: "proxy"; readonly proxy: string; readonly noProxy: string }
  /** The variable's value is no address of a proxy. */
  | { readonly kind: "fault"; readonly variable: string };

/**
 * Which proxy the environment names for a base URL: `https_proxy` or `HTTPS_PROXY`, lower case first, with the
 * exceptions of `no_proxy` or `NO_PROXY` (names with their subdomains, `host:port`, `*`). `HTTP_PROXY` is not asked:
 * plain http goes to this machine alone, and loopback never goes through a proxy, since that would carry the token in
 * clear to another machine.
 */
export function chooseRoute(baseUrl: string, environment: Environment): Route {
  const variable = environment.https_proxy === undefined ? "HTTPS_PROXY" : "https_proxy";
  const value = (environment[variable] ?? "").trim();
  if (value === "" || isLoopback(new URL(baseUrl).hostname)) return { kind: "direct" };
  // As curl does: an address without a scheme is one of plain http.
  const proxy = value.includes("://") ? value : `http://${value}`;
  const usable = URL.canParse(proxy) && ["http:", "https:"].includes(new URL(proxy).protocol);
  if (!usable) return { kind: "fault", variable };
  return { kind: "proxy", proxy, noProxy: environment.no_proxy ?? environment.NO_PROXY ?? "" };
}

/**
 * Connections to the service, kept alive between calls; undici lets go of idle ones, so that they never keep the
 * process alive. Authorities of one's own come from NODE_EXTRA_CA_CERTS, which Node reads itself.
 */
export function createDispatcher(route: Exclude<Route, { kind: "fault" }>): Dispatcher {
  const connect = { timeout: CONNECT_TIMEOUT_MILLISECONDS };
  if (route.kind === "direct") return new Agent({ connect });
  return new EnvHttpProxyAgent({
    connect,
    // Empty texts, not absent ones: for those undici would read the process's environment.
    httpProxy: "",
    httpsProxy: route.proxy,
    noProxy: route.noProxy,
    requestTls: connect,
    // A proxy that takes the connection and then says nothing would otherwise be waited for five minutes.
    clientFactory: (origin, options) => new Pool(origin, { ...options, headersTimeout: CONNECT_TIMEOUT_MILLISECONDS }),
  });
}
