import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** Put in where the code is bundled: a bundle may stand anywhere. */
declare const PULUMI_LYCEUM_VERSION: string | undefined;

/** Version of this very copy of the package, from its manifest; "unknown" when there is none above. */
export function ownVersion(from: string = __dirname): string {
  if (typeof PULUMI_LYCEUM_VERSION === "string") return PULUMI_LYCEUM_VERSION;
  for (let folder = from; dirname(folder) !== folder; folder = dirname(folder)) {
    try {
      const manifest: unknown = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
      const { name, version } = manifest as { name?: unknown; version?: unknown };
      if (name === "pulumi-lyceum" && typeof version === "string") return version;
    } catch {
      // Not every folder on the way up has a manifest.
    }
  }
  return "unknown";
}
