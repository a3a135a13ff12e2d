import { credentials } from "@grpc/grpc-js";
import { EngineClient } from "@pulumi/pulumi/proto/engine_grpc_pb";
import * as engineMessages from "@pulumi/pulumi/proto/engine_pb";
import type { EngineRpc } from "../engine";

/** The engine's service as the plugin is built with it. */
export function engineRpc(): EngineRpc {
  return {
    EngineClient: EngineClient as never,
    messages: engineMessages as never,
    credentials: credentials.createInsecure(),
  };
}
