import { diskFiles } from "../../compose/project";
import { createRuntime, type Runtime, systemClock, type WhenUnverified } from "../../resource";
import { configuredClient } from "../configured-client";
import { connectEngine } from "./engine";
import { exitWithEngine } from "./parent-watchdog";

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
  const engine = connectEngine(process.argv.at(-1));
  let whenUnverified: WhenUnverified | undefined;
  const open = () => {
    const configured = configuredClient(
      (key) => stack?.get(`lyceum:${key}`),
      // Without a URN it stands on the stack's row: it concerns every run.
      (text) => engine.report.warning("", text),
    );
    whenUnverified = configured.whenUnverified;
    return configured.client;
  };
  exitWithEngine(engine.liveness, systemClock, () => process.exit(1)).catch(() => undefined);
  return createRuntime({
    clock: systemClock,
    engine,
    open,
    project: { files: diskFiles, folder: () => process.cwd(), variable: (name) => process.env[name] },
    whenUnverified: () => whenUnverified,
  });
}
