import type * as Undici from "undici";
import type { Dispatcher } from "undici";
import type { Redactor, ShownNames } from "../../secrets";
import { createRedactor } from "../../secrets";
import type { Route } from "../configuration/base-url";
import { chooseRoute, readBaseUrl } from "../configuration/base-url";
import type { Configuration } from "../configuration/configuration";
import { unusableBaseUrl, unusableProxy } from "../configuration/configuration-errors";
import type { Environment } from "../configuration/settings";
import type { Caller, CallPorts } from "./caller";
import { createCaller, DEFAULT_PORTS } from "./caller";

/** Effects of a connection; each has a real default. */
export interface ConnectionPorts extends Partial<CallPorts> {
  /** Where proxies are named. Default: the process's environment. */
  readonly environment?: Environment;
}

/** What the client makes its calls through. */
export interface Connection {
  readonly call: Caller;
  /** Takes the token, and every secret added since, out of a text. */
  readonly redact: Redactor;
  /** Adds secrets that no later text may show. */
  keepOut(secrets: readonly string[], names?: ShownNames): void;
  /** Closes the connections it opened; not a dispatcher that was handed in. */
  close(): Promise<void>;
}

/**
 * Opens nothing until its first call. Throws `LYC1002` or `LYC1003` for a base URL that a token must not be sent to,
 * whoever made the configuration, and `LYC1011` for a proxy address that is not valid.
 */
export function openConnection(configuration: Configuration, ports: ConnectionPorts = {}): Connection {
  const base = readBaseUrl(configuration.baseUrl);
  if (base.kind === "error") throw unusableBaseUrl(configuration.sources.baseUrl, base);
  const dispatcher = ports.dispatcher ?? openDispatcher(configuration, ports.environment);
  const secrets = new Set([configuration.token]);
  const shown: ShownNames[] = [];
  let known = createRedactor([...secrets]);
  const redact: Redactor = (text) => known(text);
  return {
    call: createCaller(configuration, { ...DEFAULT_PORTS, ...ports, dispatcher }, redact),
    redact,
    keepOut(more, names) {
      if (more.every((secret) => secrets.has(secret))) return;
      for (const secret of more) secrets.add(secret);
      if (names !== undefined) shown.push(names);
      known = createRedactor([...secrets], () => new Set(shown.flatMap((names) => [...names()])));
    },
    async close() {
      if (ports.dispatcher === undefined) await dispatcher.close();
    },
  };
}

function openDispatcher(configuration: Configuration, environment: Environment = process.env): Dispatcher {
  const route = chooseRoute(configuration.baseUrl, environment);
  if (route.kind === "error") throw unusableProxy(route.variable);
  return createDispatcher(route);
}

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
