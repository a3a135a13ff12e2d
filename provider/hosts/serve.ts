import { closeSync, openSync } from "node:fs";
import { diskFiles } from "../compose/project";
import type { Clock } from "../execution";
import type { Environment } from "../lyceum/configuration-source";
import { DEFAULT_PORTS } from "../lyceum/default-ports";
import { isReserved } from "../pulumi/wire-forms";
import { createRuntime, type Engine, type Runtime, type WhenUnverified } from "../resource";
import { configuredClient, type StackSetting } from "./configured-client";
import { writeWhole } from "./write-whole";

/** The machine's clock. It sleeps as the client does between two tries of a call. */
export const systemClock: Clock = { now: () => Date.now(), sleep: DEFAULT_PORTS.sleep };

/**
 * The runtime of a process that serves an engine: the machine's clock and files, the folder and the environment of the process,
 * and a client for what environment, stack and login file say.
 *
 * @param setting read when the service is needed first
 * @param environment where settings are looked for first; default: that of the process
 */
export function serveEngine(engine: Engine, setting: StackSetting, environment?: Environment): Runtime {
  let whenUnverified: WhenUnverified | undefined;
  const open = () => {
    // Without a URN it stands on the stack's row: it concerns every run.
    const configured = configuredClient(setting, (text) => engine.report.warning("", text), environment);
    whenUnverified = configured.whenUnverified;
    return configured.client;
  };
  return createRuntime({
    clock: systemClock,
    engine,
    hasTerminal: hasTerminal(),
    isReserved,
    open,
    project: { files: diskFiles, folder: () => process.cwd(), variable: (name) => process.env[name] },
    whenUnverified: () => whenUnverified,
    writeFile: writeWhole,
  });
}

/**
 * Whether the process has a controlling terminal, which it shares with the command that started it: then a person watches. Its own
 * standard output is a pipe to the engine in any case.
 */
function hasTerminal(): boolean {
  try {
    closeSync(openSync("/dev/tty", "r"));
    return true;
  } catch {
    return false;
  }
}
