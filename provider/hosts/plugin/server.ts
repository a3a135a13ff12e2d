import * as grpc from "@grpc/grpc-js";
import { type IResourceProviderServer, ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb";
import { failureOf } from "./failures";
import type { Provider } from "./provider";

/** A running server. */
export interface Listening {
  readonly port: number;
  /** Resolves when all pending calls except streams are answered, or after `within` milliseconds at the latest. */
  settled(within: number): Promise<void>;
  close(): void;
}

/** Maximum number of bytes of a message. A message may contain the state of many resources. */
const LARGEST_MESSAGE = 400 * 1024 * 1024;

/** Serves a provider on a free port of this machine. */
export async function listen({ methods, streams }: Provider): Promise<Listening> {
  const inFlight = new Set<Promise<unknown>>();
  const server = new grpc.Server({
    "grpc.max_receive_message_length": LARGEST_MESSAGE,
    "grpc.max_send_message_length": LARGEST_MESSAGE,
  });
  const handlers = Object.entries(methods).map(([name, method]) => {
    const answer = method as (request: unknown) => Promise<unknown>;
    const handler: grpc.handleUnaryCall<unknown, unknown> = (call, respond) => {
      const work = answer(call.request).then(
        (response) => respond(null, response),
        (error: unknown) => respond(failureOf(error)),
      );
      inFlight.add(work);
      work.finally(() => inFlight.delete(work)).catch(() => undefined);
    };
    return [name, handler] as const;
  });
  const streaming = Object.entries(streams).map(([name, stream]) => {
    const answer = stream as (request: unknown) => AsyncIterable<unknown>;
    const handler: grpc.handleServerStreamingCall<unknown, unknown> = (call) => {
      const send = async (): Promise<void> => {
        for await (const response of answer(call.request)) call.write(response);
        call.end();
      };
      // The event `error` sends the error to the caller. With `call.destroy` in place of the event, the caller would
      // get no status, and would wait forever.
      send().catch((error: unknown) => call.emit("error", failureOf(error)));
    };
    return [name, handler] as const;
  });
  server.addService(
    ResourceProviderService,
    Object.fromEntries<grpc.UntypedHandleCall>([
      ...handlers,
      ...streaming,
    ]) as Partial<IResourceProviderServer> as IResourceProviderServer,
  );
  const port = await new Promise<number>((resolve, reject) => {
    server.bindAsync("127.0.0.1:0", grpc.ServerCredentials.createInsecure(), (error, bound) =>
      error === null ? resolve(bound) : reject(error),
    );
  });
  return {
    port,
    settled: async (within) => {
      const timer = new Promise<void>((resolve) => setTimeout(resolve, within).unref());
      // After the last call has ended, the server waits 50 ms, so that the last answer can be sent.
      const all = Promise.allSettled(inFlight).then(() => new Promise<void>((resolve) => setTimeout(resolve, 50)));
      await Promise.race([timer, all]);
    },
    close: () => server.forceShutdown(),
  };
}
