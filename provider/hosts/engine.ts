import { printable } from "../display/printable";
import type { Engine } from "../lifecycle";
import type { Clock, EngineLiveness } from "../lifecycle/watch/ports";

/** The engine's own service, as far as it is used here. */
interface EngineClient {
  log(request: unknown, options: { deadline: number }, done: (error: Error | null) => void): void;
  getRootResource(
    request: unknown,
    options: { deadline: number },
    done: (error: { code?: number } | null) => void,
  ): void;
}

/** The generated client of the engine's service, its messages and the gRPC library that it was generated for. */
export interface EngineRpc {
  // The generated JavaScript has no types that both hosts could share: one loads it at run time, the other bundles it.
  readonly EngineClient: new (
    address: string,
    credentials: unknown,
    options: object,
  ) => unknown;
  readonly credentials: unknown;
  readonly messages: EngineMessages;
}

interface EngineMessages {
  readonly LogRequest: new () => {
    setSeverity(severity: number): void;
    setUrn(urn: string): void;
    setMessage(message: string): void;
    setStreamid(id: number): void;
    setEphemeral(ephemeral: boolean): void;
  };
  readonly GetRootResourceRequest: new () => object;
  readonly LogSeverity: { readonly INFO: number; readonly WARNING: number };
}

const ANSWER_WITHIN_MILLISECONDS = 5000;
const GRPC_UNAVAILABLE = 14;

/**
 * Connects to the engine that started this process. Without its address (in a test) reports go nowhere and the engine counts as
 * alive.
 *
 * @param load asked only where there is an engine: loading takes a while
 */
export function connectEngine(address: string | undefined, load: () => EngineRpc): Engine {
  if (address === undefined || !/^[^/]+:\d+$/.test(address)) return silentEngine;
  const { EngineClient, credentials, messages } = load();
  const client = new EngineClient(address, credentials, {
    // The engine is on this machine: through a proxy it would look dead.
    "grpc.enable_http_proxy": 0,
  }) as EngineClient;
  let pending: Promise<void> = Promise.resolve();

  function log(severity: number, urn: string, message: string, ephemeral: boolean): void {
    const request = new messages.LogRequest();
    request.setSeverity(severity);
    request.setUrn(urn);
    request.setMessage(printable(message));
    request.setStreamid(0);
    request.setEphemeral(ephemeral);
    // One after another, so that the row shows them in order. A report that fails is not worth a run.
    pending = pending.then(() => send(request)).catch(nothing);
  }

  function send(request: unknown): Promise<void> {
    return new Promise((resolve) => {
      client.log(request, { deadline: Date.now() + ANSWER_WITHIN_MILLISECONDS }, () => resolve());
    });
  }

  return {
    report: {
      progress: (urn, message) => log(messages.LogSeverity.INFO, urn, message, true),
      notice: (urn, message) => log(messages.LogSeverity.INFO, urn, message, false),
      warning: (urn, message) => log(messages.LogSeverity.WARNING, urn, message, false),
    },
    liveness: {
      isAlive: () =>
        new Promise((resolve) => {
          const options = { deadline: Date.now() + ANSWER_WITHIN_MILLISECONDS };
          // Any answer at all, an error included, comes from a living engine; only a closed port is a dead one.
          client.getRootResource(new messages.GetRootResourceRequest(), options, (error) =>
            resolve(error?.code !== GRPC_UNAVAILABLE),
          );
        }),
    },
    flush: () => pending,
  };
}

const nothing = (): void => undefined;
const silentEngine: Engine = {
  report: { progress: nothing, notice: nothing, warning: nothing },
  liveness: { isAlive: async () => true },
  flush: async () => undefined,
};

/** How often the engine is asked whether it is still there. Seconds. */
const CHECK_EVERY = 2;
/** One closed port may be a hiccup; two in a row are a dead engine. */
const TIMES = 2;

/**
 * Ends this process once its engine is gone: the host lives on after its command was killed, and nobody records what it
 * waits for, nor the id of a start whose answer is on its way. The next command finds the run by its key.
 */
export async function exitWithEngine(engine: EngineLiveness, clock: Clock, exit: () => void): Promise<void> {
  for (let missed = 0; missed < TIMES; ) {
    await clock.sleep(CHECK_EVERY);
    missed = (await engine.isAlive()) ? 0 : missed + 1;
  }
  exit();
}
