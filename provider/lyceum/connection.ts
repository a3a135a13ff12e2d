import type { Dispatcher } from "undici";
import type { Redactor } from "../secrets";
import { createRedactor } from "../secrets";
import { readBaseUrl } from "./base-url";
import type { Caller, CallPorts } from "./caller";
import { createCaller } from "./caller";
import type { Configuration } from "./configuration";
import { unusableBaseUrl, unusableProxy } from "./configuration-errors";
import type { Environment } from "./configuration-source";
import { DEFAULT_PORTS } from "./default-ports";
import { createDispatcher } from "./dispatcher";
import { chooseRoute } from "./route";
import { listenToRun } from "./run-stream";

/** Effects of a connection; each has a real default. */
export interface ConnectionPorts extends Partial<CallPorts> {
  /** Where proxies are named. Default: the process's environment. */
  readonly environment?: Environment;
}

/** What the client and the probe make their calls through. */
export interface Connection {
  readonly call: Caller;
  /** Takes the token, and every secret added since, out of a text. */
  readonly redact: Redactor;
  /** Adds secrets that no later text may show. */
  keepOut(secrets: readonly string[]): void;
  /** Listens to a run's stream of events, see {@link listenToRun}. */
  listen(executionId: string, onEvent: () => void, signal: AbortSignal): Promise<"ended" | "unavailable">;
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
  let known = createRedactor([...secrets]);
  const redact: Redactor = (text) => known(text);
  return {
    call: createCaller(configuration, { ...DEFAULT_PORTS, ...ports, dispatcher }, redact),
    redact,
    keepOut(more) {
      if (more.every((secret) => secrets.has(secret))) return;
      for (const secret of more) secrets.add(secret);
      known = createRedactor([...secrets]);
    },
    listen: (executionId, onEvent, signal) =>
      listenToRun(
        { dispatcher, baseUrl: configuration.baseUrl, token: configuration.token },
        executionId,
        onEvent,
        signal,
      ),
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
