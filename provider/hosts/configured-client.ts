import { createLyceumClient } from "../lyceum/client";
import { configurationFileUnder, loadConfiguration } from "../lyceum/configuration-file";
import type { LyceumPort } from "../lyceum/port";
import { ownVersion } from "./own-version";

/** Reads a setting of the stack by its name without the namespace: `apiKey`, `baseUrl`, `orgSlug`. */
export type StackSetting = (name: "apiKey" | "baseUrl" | "orgSlug") => string | undefined;

/**
 * A client for what environment, stack and the vendor CLI's file say. Throws one error with every fault of the
 * configuration; `note` is told what is odd but no fault.
 */
export function configuredClient(setting: StackSetting, note: (text: string) => void = () => undefined): LyceumPort {
  const stack = { apiKey: setting("apiKey"), baseUrl: setting("baseUrl"), orgSlug: setting("orgSlug") };
  const result = loadConfiguration({ environment: process.env, stack }, configurationFileUnder());
  if (result.kind === "faults") throw result.error;
  for (const text of result.notes) note(text);
  return createLyceumClient(result.configuration, { userAgent: `pulumi-lyceum/${ownVersion()}` });
}
