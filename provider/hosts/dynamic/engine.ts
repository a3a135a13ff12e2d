import { createRequire } from "node:module";
import { printable } from "../../display/printable";
import type { Engine } from "../../resource";

/** The engine's own service, as far as it is used here. */
interface EngineClient {
  log(request: unknown, options: { deadline: number }, done: (error: Error | null) => void): void;
  getRootResource(
    request: unknown,
    options: { deadline: number },
    done: (error: { code?: number } | null) => void,
  ): void;
}

const ANSWER_WITHIN_MILLISECONDS = 5000;
const GRPC_UNAVAILABLE = 14;

/**
 * Connects to the engine that started this process. Its address is the last argument of the process; without one (a test,
 * another host) reports go nowhere and the engine counts as alive.
 */
export function connectEngine(address: string | undefined): Engine {
  if (address === undefined || !/^[^/]+:\d+$/.test(address)) return silentEngine;
  // The generated client checks its credentials against its own copy of grpc, so that copy must be asked for.
  const pulumi = createRequire(require.resolve("@pulumi/pulumi/package.json"));
  const grpc = pulumi("@grpc/grpc-js");
  const { EngineClient } = require("@pulumi/pulumi/proto/engine_grpc_pb");
  const messages = require("@pulumi/pulumi/proto/engine_pb");
  const client = new EngineClient(address, grpc.credentials.createInsecure(), {
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
