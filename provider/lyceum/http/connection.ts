import type * as Undici from "undici";
import type { Dispatcher } from "undici";
import { chooseRoute } from "../configuration/base-url";
import { unusableProxy } from "../configuration/configuration-errors";
import type { Environment } from "../configuration/settings";
import type { CallPorts } from "./caller";

/** The effects that a client needs, all with defaults. Tests replace them. */
export interface ConnectionPorts extends Partial<CallPorts> {
  /** The variables that contain proxy addresses. Default: the environment of the process. */
  readonly environment?: Environment;
}

const CONNECT_TIMEOUT_MILLISECONDS = 10_000;

/**
 * Opens connections to Lyceum and keeps them for further calls. Idle connections do not keep the process alive. The
 * certificate authorities in NODE_EXTRA_CA_CERTS need no code here, because Node itself adds them. Throws `LYC1011` for
 * a proxy address that is not valid.
 */
export function openDispatcher(baseUrl: string, environment: Environment = process.env): Dispatcher {
  const route = chooseRoute(baseUrl, environment);
  if (route.kind === "error") throw unusableProxy(route.variable);
  // undici is loaded here and not with this module, because it loads slowly, and most commands and programs never call
  // Lyceum.
  const { Agent, EnvHttpProxyAgent, Pool } = require("undici") as typeof Undici;
  const connect = { timeout: CONNECT_TIMEOUT_MILLISECONDS };
  if (route.kind === "direct") return new Agent({ connect });
  return new EnvHttpProxyAgent({
    connect,
    // Without this empty text, undici would read the proxy for http from the process's environment.
    httpProxy: "",
    httpsProxy: route.proxy,
    noProxy: route.noProxy,
    requestTls: connect,
    // Without this limit, a proxy that accepts the connection but never answers would block for five minutes.
    clientFactory: (origin, options) => new Pool(origin, { ...options, headersTimeout: CONNECT_TIMEOUT_MILLISECONDS }),
  });
}
