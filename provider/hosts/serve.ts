import { closeSync, openSync } from "node:fs";
import { diskFiles } from "../../compose/project";
import { createRuntime, type Engine, type Runtime, type WhenUnverified } from "../lifecycle";
import type { Clock } from "../lifecycle/watch/ports";
import { createLyceumClient } from "../lyceum/client";
import { emptySettings, type StackSettings } from "../lyceum/configuration/configuration";
import { configurationFileUnder, loadConfiguration } from "../lyceum/configuration/configuration-file";
import { type Environment, SETTING_NAMES } from "../lyceum/configuration/settings";
import { DEFAULT_PORTS } from "../lyceum/http/caller";
import type { LyceumPort } from "../lyceum/port";
import { createReportWriter } from "../reads/report/write-report";
import { isReserved } from "../schema/wire-forms";
import { writeWhole } from "./write-whole";

/** The machine's clock. It sleeps as the client does between two attempts of a call. */
export const systemClock: Clock = { now: () => Date.now(), sleep: DEFAULT_PORTS.sleep };

/**
 * The runtime of a process that serves an engine: the clock and the files of the machine, the folder and the
 * environment of the process, and a client with the settings of environment, stack and login file.
 *
 * @param setting read at the first call of the service
 * @param environment where settings are looked up first; default: that of the process
 * @param isKnown whether all settings are known, as they may not be at a preview
 */
export function serveEngine(
  engine: Engine,
  setting: StackSetting,
  environment?: Environment,
  isKnown: boolean = true,
): Runtime {
  let whenUnverified: WhenUnverified | undefined;
  const open = () => {
    // The message has no URN, so it appears on the stack's row, because it concerns every run.
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
    unusable: () => emptyBaseUrl(setting, environment),
    missing: () => (isKnown ? missingSetting(setting, environment) : undefined),
    project: { files: diskFiles, folder: () => process.cwd(), variable: (name) => process.env[name] },
    whenUnverified: () => whenUnverified,
    writeReport: createReportWriter(writeWhole),
  });
}

/**
 * Whether the process has a controlling terminal. The command has the same terminal, so then a person watches the
 * command. The standard output of the process shows nothing, because it is always a pipe to the engine.
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

/** A client, with the stack's settings that concern the lifecycle and not the client. */
export interface ConfiguredClient {
  readonly client: LyceumPort;
  readonly whenUnverified?: WhenUnverified;
}

/**
 * A client with the settings of environment, stack and the login file of the vendor's CLI. Throws one error with all
 * errors of the configuration. `note` gets remarks that are not errors.
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

/**
 * The error of an empty base URL. A preview needs no key, but it must not use the default base URL instead of an empty
 * one.
 */
export function emptyBaseUrl(setting: StackSetting, environment: Environment = process.env): string | undefined {
  const [error] = emptySettings({ environment, stack: stackOf(setting) }, ["baseUrl"]);
  return error && `${error.code}: ${error.message}`;
}

/** The error of settings with which no run can start, such as a missing key. */
export function missingSetting(setting: StackSetting, environment: Environment = process.env): string | undefined {
  const result = loadConfiguration({ environment, stack: stackOf(setting) }, configurationFileUnder());
  return result.kind === "ok" ? undefined : `${result.error.code}: ${result.error.message}`;
}

function stackOf(setting: StackSetting): StackSettings {
  return Object.fromEntries(SETTING_NAMES.map((name) => [name, setting(name)]));
}
