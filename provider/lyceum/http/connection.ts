import type * as Undici from "undici";
import type { Dispatcher } from "undici";
import { chooseRoute } from "../configuration/base-url";
import { unusableProxy } from "../configuration/configuration-errors";
import type { Environment } from "../configuration/settings";
import type { CallPorts } from "./caller";

/** Effects of a connection; each has a real default. */
export interface ConnectionPorts extends Partial<CallPorts> {
  /** Where proxies are named. Default: the process's environment. */
  readonly environment?: Environment;
}

const CONNECT_TIMEOUT_MILLISECONDS = 10_000;

/**
 * Connections to the service, kept alive between calls; undici lets go of idle ones, so that they never keep the
 * process alive. Authorities of one's own come from NODE_EXTRA_CA_CERTS, which Node reads itself. Throws `LYC1011` for a proxy
 * address that is not valid.
 */
export function openDispatcher(baseUrl: string, environment: Environment = process.env): Dispatcher {
  const route = chooseRoute(baseUrl, environment);
  if (route.kind === "error") throw unusableProxy(route.variable);
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
