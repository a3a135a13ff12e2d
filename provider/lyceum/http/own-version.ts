import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** What this package's manifest holds that the code reads. */
export interface OwnManifest {
  readonly name?: unknown;
  readonly version?: unknown;
  readonly engines?: { readonly node?: unknown };
  readonly peerDependencies?: Readonly<Record<string, unknown>>;
}

/** The manifest of this very copy of the package; `undefined` when there is none above. */
export function ownManifest(): OwnManifest | undefined {
  for (let folder = __dirname; dirname(folder) !== folder; folder = dirname(folder)) {
    try {
      const manifest: OwnManifest = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
      if (manifest.name === "pulumi-lyceum") return manifest;
    } catch {
      // Not every folder on the way up has a manifest.
    }
  }
  return undefined;
}

/** Put in where the code is bundled: a bundle may stand anywhere. */
declare const PULUMI_LYCEUM_VERSION: string | undefined;

/** Version of this very copy of the package; "unknown" when there is no manifest above. */
export function ownVersion(): string {
  if (typeof PULUMI_LYCEUM_VERSION === "string") return PULUMI_LYCEUM_VERSION;
  const version = ownManifest()?.version;
  return typeof version === "string" ? version : "unknown";
}
