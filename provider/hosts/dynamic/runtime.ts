import { createRequire } from "node:module";
import type { Runtime } from "../../lifecycle";
import { connectEngine, type EngineRpc, exitWithEngine } from "../engine";
import { serveEngine, systemClock } from "../serve";

/** The stack's configuration as the dynamic host hands it over; secrets come in plain. */
export interface StackConfiguration {
  get(key: string): string | undefined;
}

let stack: StackConfiguration | undefined;
let current: Runtime | undefined;

/** Notes the stack's configuration for the clients made later. */
export function configureRuntime(configuration: StackConfiguration): void {
  stack = configuration;
}

/** The runtime of this process. */
export function runtime(): Runtime {
  current ??= start();
  return current;
}

function start(): Runtime {
  const engine = connectEngine(process.argv.at(-1), engineRpc);
  exitWithEngine(engine.liveness, systemClock, () => process.exit(1)).catch(() => undefined);
  return serveEngine(engine, (key) => stack?.get(`lyceum:${key}`));
}

/** The engine's service as the user's copy of Pulumi has it. */
export function engineRpc(): EngineRpc {
  // The generated client checks its credentials against its own copy of grpc, so that copy must be asked for.
  const pulumi = createRequire(require.resolve("@pulumi/pulumi/package.json"));
  const { EngineClient } = require("@pulumi/pulumi/proto/engine_grpc_pb");
  const messages = require("@pulumi/pulumi/proto/engine_pb");
  return { EngineClient, messages, credentials: pulumi("@grpc/grpc-js").credentials.createInsecure() };
}
