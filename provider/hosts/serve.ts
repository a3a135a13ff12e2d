import { closeSync, openSync } from "node:fs";
import { diskFiles } from "../../compose/node";
import { createRuntime, type Engine, type Runtime, type WhenUnverified } from "../lifecycle";
import type { Clock } from "../lifecycle/watch/ports";
import { createLyceumClient } from "../lyceum/client";
import { baseUrlErrors, type StackSettings } from "../lyceum/configuration/configuration";
import { configurationFileUnder, loadConfiguration } from "../lyceum/configuration/configuration-file";
import { type Environment, SETTING_NAMES } from "../lyceum/configuration/settings";
import { DEFAULT_PORTS } from "../lyceum/http/caller";
import type { LyceumPort } from "../lyceum/port";
import { createReportWriter } from "../reads/report/write-report";
import { isReserved } from "../schema/wire-forms";
import { admitUpload } from "./admission";
import { bucketOfClient } from "./bucket";
import { createUploads } from "./uploads";
import { writeWhole } from "./write-whole";

/** The machine's clock. The client uses the same `sleep` between two attempts of a call. */
export const systemClock: Clock = { now: () => Date.now(), sleep: DEFAULT_PORTS.sleep };

/**
 * Makes the runtime of a process that serves an engine. The runtime has the clock and the files of this machine, and
 * the folder and the environment of the process. Its client has the settings from the environment, the stack and the
 * login file.
 *
 * @param setting reads a setting of the stack; called only when a setting is needed
 * @param environment the environment variables with settings; default: the variables of the process
 * @param isKnown whether all settings are known; a preview may not know all
 */
export function serveEngine(
  engine: Engine,
  setting: StackSetting,
  environment?: Environment,
  isKnown: boolean = true,
): Runtime {
  let whenUnverified: WhenUnverified | undefined;
  const open = () => {
    // The message concerns every run. So it has no URN, and the engine shows it on the stack's row.
    const configured = configuredClient(setting, (text) => engine.report.warning("", text), environment);
    whenUnverified = configured.whenUnverified;
    return configured.client;
  };
  const uploads = createUploads({
    bucket: () => bucketOfClient(runtime.client()),
    report: engine.report,
    now: () => systemClock.now(),
    mountPath: () => setting("s3MountPath"),
    admit: (bytes) => admitUpload(runtime, bytes),
  });
  const runtime = createRuntime({
    clock: systemClock,
    engine,
    hasTerminal: hasTerminal(),
    isReserved,
    open,
    openBucket: bucketOfClient,
    unusable: () => unusableBaseUrl(setting, environment),
    missing: () => (isKnown ? missingSetting(setting, environment) : undefined),
    project: { files: diskFiles, folder: () => process.cwd(), variable: (name) => process.env[name] },
    whenUnverified: () => whenUnverified,
    writeReport: createReportWriter(writeWhole),
    uploads,
  });
  return runtime;
}

/**
 * Returns true if a person watches the command on a terminal. The standard output of this process is always a pipe to
 * the engine. But if the command has a controlling terminal, this process has the same one.
 */
function hasTerminal(): boolean {
  try {
    closeSync(openSync("/dev/tty", "r"));
    return true;
  } catch {
    return false;
  }
}

/** Reads a setting of the stack by its name without the namespace, such as `apiKey`. */
export type StackSetting = (name: keyof StackSettings) => string | undefined;

/** A client, and the stack's settings that the lifecycle needs. */
export interface ConfiguredClient {
  readonly client: LyceumPort;
  readonly whenUnverified?: WhenUnverified;
}

/**
 * Makes a client with the settings of the environment, the stack and the login file of the vendor's CLI. If the
 * settings have errors, throws one error with all of them. Passes warnings about the settings to `note`.
 */
export function configuredClient(
  setting: StackSetting,
  note: (text: string) => void = () => undefined,
  environment: Environment = process.env,
): ConfiguredClient {
  const result = loadConfiguration({ environment, stack: stackOf(setting) }, configurationFileUnder());
  if (result.kind === "errors") throw result.error;
  for (const text of result.notes) note(text);
  const { whenUnverified } = result.configuration;
  const client = createLyceumClient(result.configuration);
  return whenUnverified === undefined ? { client } : { client, whenUnverified };
}

const clients = new Map<string, LyceumPort>();

/**
 * Returns the client for the functions of a program. Functions with the same settings share a client, and so the
 * credentials of its bucket. Settings can differ, because a process may run several stacks.
 */
export function sharedClient(setting: StackSetting): LyceumPort {
  const variables = Object.entries(process.env).filter(([name]) => name.startsWith("LYCEUM_"));
  const key = JSON.stringify([stackOf(setting), variables]);
  const known = clients.get(key);
  if (known !== undefined) return known;
  const { client } = configuredClient(setting);
  clients.set(key, client);
  return client;
}

/**
 * Returns the error of a base URL that no command can use, such as an empty one. A command that sends no request shows
 * the error too, because the user may have meant another base URL.
 */
export function unusableBaseUrl(setting: StackSetting, environment: Environment = process.env): string | undefined {
  const [error] = baseUrlErrors({ environment, stack: stackOf(setting) });
  return error && `${error.code}: ${error.message}`;
}

/**
 * Returns the error if no run can start with these settings, for example because the API key is missing. Undefined if
 * the settings are complete.
 */
export function missingSetting(setting: StackSetting, environment: Environment = process.env): string | undefined {
  const result = loadConfiguration({ environment, stack: stackOf(setting) }, configurationFileUnder());
  return result.kind === "ok" ? undefined : `${result.error.code}: ${result.error.message}`;
}

function stackOf(setting: StackSetting): StackSettings {
  return Object.fromEntries(SETTING_NAMES.map((name) => [name, setting(name)]));
}
