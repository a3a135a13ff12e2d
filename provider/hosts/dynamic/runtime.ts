import type { Runtime } from "../../resource";
import { connectEngine } from "../engine";
import { exitWithEngine } from "../parent-watchdog";
import { serveEngine, systemClock } from "../serve";
import { engineRpc } from "./engine-rpc";

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
