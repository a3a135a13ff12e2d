import { diskFiles } from "../compose/project";
import type { Environment } from "../lyceum/configuration-source";
import { isReserved } from "../pulumi/wire-forms";
import { createRuntime, type Engine, type Runtime, systemClock, type WhenUnverified } from "../resource";
import { configuredClient, type StackSetting } from "./configured-client";
import { hasTerminal } from "./terminal";
import { writeWhole } from "./write-whole";

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
