import { createRequire } from "node:module";
import type { EngineRpc } from "../engine";

/** The engine's service as the user's copy of Pulumi has it. */
export function engineRpc(): EngineRpc {
  // The generated client checks its credentials against its own copy of grpc, so that copy must be asked for.
  const pulumi = createRequire(require.resolve("@pulumi/pulumi/package.json"));
  const { EngineClient } = require("@pulumi/pulumi/proto/engine_grpc_pb");
  const messages = require("@pulumi/pulumi/proto/engine_pb");
  return { EngineClient, messages, credentials: pulumi("@grpc/grpc-js").credentials.createInsecure() };
}
