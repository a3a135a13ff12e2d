import { createRequire } from "node:module";
import type { FilesPorts } from "../../files/resource";
import type { Runtime } from "../../lifecycle";
import { connectEngine, type EngineRpc, exitWithEngine } from "../engine";
import { serveEngine, systemClock } from "../serve";
import { filesPortsOf } from "../stored-files";

/** The stack's configuration in the form of the dynamic host, with secrets in plaintext. */
export interface StackConfiguration {
  get(key: string): string | undefined;
}

let stack: StackConfiguration | undefined;
let current: Runtime | undefined;
let files: FilesPorts | undefined;

/** Stores the stack's configuration for clients that are made later. */
export function configureRuntime(configuration: StackConfiguration): void {
  stack = configuration;
}

/** Returns the runtime of this process. */
export function runtime(): Runtime {
  current ??= start();
  return current;
}

/** Returns the dependencies of the operations on stored files in this process. */
export function filesPorts(): FilesPorts {
  files ??= filesPortsOf(runtime(), () => stack?.get("lyceum:s3MountPath"));
  return files;
}

function start(): Runtime {
  const engine = connectEngine(process.argv.at(-1), engineRpc);
  exitWithEngine(engine.liveness, systemClock, () => process.exit(1)).catch(() => undefined);
  return serveEngine(engine, (key) => stack?.get(`lyceum:${key}`));
}

/** Returns the client of the engine's gRPC service, from the user's copy of Pulumi. */
export function engineRpc(): EngineRpc {
  // The generated client accepts only credentials of its own copy of grpc, so that copy is loaded.
  const pulumi = createRequire(require.resolve("@pulumi/pulumi/package.json"));
  const { EngineClient } = require("@pulumi/pulumi/proto/engine_grpc_pb");
  const messages = require("@pulumi/pulumi/proto/engine_pb");
  return { EngineClient, messages, credentials: pulumi("@grpc/grpc-js").credentials.createInsecure() };
}
