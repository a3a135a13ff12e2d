import type * as Undici from "undici";
import type { Route } from "./route";

const CONNECT_TIMEOUT_MILLISECONDS = 10_000;

/**
 * Connections to the service, kept alive between calls; undici lets go of idle ones, so that they never keep the
 * process alive. Authorities of one's own come from NODE_EXTRA_CA_CERTS, which Node reads itself.
 */
export function createDispatcher(route: Exclude<Route, { kind: "error" }>): Undici.Dispatcher {
  // Asked for here and not above: most commands, and most programs, never talk to the service, and it takes long to load.
  const { Agent, EnvHttpProxyAgent, Pool } = require("undici") as typeof Undici;
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
