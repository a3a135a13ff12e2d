import { printable } from "../display/printable";
import type { Engine } from "../lifecycle";
import type { Clock, EngineLiveness } from "../lifecycle/watch/ports";

/** The part of the engine's gRPC service that this package uses. */
interface EngineClient {
  log(request: unknown, options: { deadline: number }, done: (error: Error | null) => void): void;
  getRootResource(
    request: unknown,
    options: { deadline: number },
    done: (error: { code?: number } | null) => void,
  ): void;
}

/** The generated client of the engine's gRPC service, with its messages and credentials. */
export interface EngineRpc {
  // No type of the generated JavaScript fits both hosts: the dynamic host loads the JavaScript at run time, and the
  // plugin bundles the JavaScript.
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
 * Connects to the engine that started this process. Without an address, as in tests, the engine counts as alive.
 *
 * @param load loads the client; called only if there is an address, because loading is slow
 */
export function connectEngine(address: string | undefined, load: () => EngineRpc): Engine {
  if (address === undefined || !/^[^/]+:\d+$/.test(address)) return silentEngine;
  const { EngineClient, credentials, messages } = load();
  const client = new EngineClient(address, credentials, {
    // The engine is on this machine. Through an HTTP proxy, the engine would not be reachable and would seem dead.
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
    // Reports are sent one after another, so that the engine shows them in order. A failed report is ignored, so that
    // it does not fail the operation of the resource.
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
          // Any answer, even an error, shows that the engine is alive. Only a closed port shows the opposite.
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

/** Seconds between two checks whether the engine is alive. */
const CHECK_EVERY = 2;
/** Number of failed checks in a row after which the engine counts as dead. A single failure may be an accident. */
const TIMES = 2;

/**
 * Ends this process when its engine has died. Otherwise the process would continue after its command was killed, and
 * start runs whose ids nobody records. If Lyceum has just started a run, the next command finds this run by its start
 * key.
 */
export async function exitWithEngine(engine: EngineLiveness, clock: Clock, exit: () => void): Promise<void> {
  for (let missed = 0; missed < TIMES; ) {
    await clock.sleep(CHECK_EVERY);
    missed = (await engine.isAlive()) ? 0 : missed + 1;
  }
  exit();
}
