import { readBaseUrl } from "../lyceum/base-url";
import { resolveConfiguration, type StackSettings } from "../lyceum/configuration";
import type { CheckFailure } from "../schema";

/**
 * What is wrong with the settings by themselves, by their names. Whether there is a key at all is not asked: the environment and
 * the login file may have one, and a preview needs none.
 */
export function settingsFailures(stack: StackSettings): CheckFailure[] {
  const file = { kind: "absent", path: "" } as const;
  const withKey = { ...stack, apiKey: stack.apiKey?.trim() || "lk_0" };
  const result = resolveConfiguration({ environment: {}, stack: withKey, file });
  if (result.kind === "ok") return [];
  return result.errors.map((error) => ({
    property: settingOf(error.code, stack),
    reason: `${error.code}: ${error.message}`,
  }));
}

/** The engine prints the value of a property next to its failure, so an error of the key is shown on the provider as a whole. */
function settingOf(code: string, { baseUrl }: StackSettings): string {
  // It may hold a password.
  if (baseUrl?.includes("@")) return "";
  if (baseUrl !== undefined && readBaseUrl(baseUrl).kind !== "ok" && /^LYC100[234]$/.test(code)) return "baseUrl";
  return { LYC1010: "orgSlug", LYC1012: "whenUnverified" }[code] ?? "";
}
