import type { WhenUnverified } from "../execution";
import { createLyceumClient } from "../lyceum/client";
import type { StackSettings } from "../lyceum/configuration";
import { configurationFileUnder, loadConfiguration } from "../lyceum/configuration-file";
import type { Environment } from "../lyceum/configuration-source";
import type { LyceumPort } from "../lyceum/port";
import { SETTING_NAMES } from "../lyceum/settings";

/** Reads a setting of the stack by its name without the namespace, such as `apiKey`. */
export type StackSetting = (name: keyof StackSettings) => string | undefined;

/** A client, and the settings of the stack that concern the lifecycle and not the client. */
export interface ConfiguredClient {
  readonly client: LyceumPort;
  readonly whenUnverified?: WhenUnverified;
}

/**
 * A client for what environment, stack and the vendor CLI's file say. Throws one error with every error of the
 * configuration; `note` receives what is odd but not an error.
 */
export function configuredClient(
  setting: StackSetting,
  note: (text: string) => void = () => undefined,
  environment: Environment = process.env,
): ConfiguredClient {
  const stack: StackSettings = Object.fromEntries(SETTING_NAMES.map((name) => [name, setting(name)]));
  const result = loadConfiguration({ environment, stack }, configurationFileUnder());
  if (result.kind === "errors") throw result.error;
  for (const text of result.notes) note(text);
  const { whenUnverified } = result.configuration;
  const client = createLyceumClient(result.configuration);
  return whenUnverified === undefined ? { client } : { client, whenUnverified };
}
