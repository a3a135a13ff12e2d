import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** The fields of this package's manifest (`package.json`) that the code reads. */
export interface OwnManifest {
  readonly name?: unknown;
  readonly version?: unknown;
  readonly engines?: { readonly node?: unknown };
  readonly peerDependencies?: Readonly<Record<string, unknown>>;
}

/** The manifest of this copy of the package. Undefined if no parent folder has the manifest. */
export function ownManifest(): OwnManifest | undefined {
  for (let folder = __dirname; dirname(folder) !== folder; folder = dirname(folder)) {
    try {
      const manifest: OwnManifest = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
      if (manifest.name === "pulumi-lyceum") return manifest;
    } catch {
      // This folder has no manifest that can be read, so the loop continues with the parent folder.
    }
  }
  return undefined;
}

/** The version that the bundler inserts. Outside of the package's folder, a bundle cannot find the manifest. */
declare const PULUMI_LYCEUM_VERSION: string | undefined;

/** The version of this copy of the package. "unknown" if no parent folder has the manifest. */
export function ownVersion(): string {
  if (typeof PULUMI_LYCEUM_VERSION === "string") return PULUMI_LYCEUM_VERSION;
  const version = ownManifest()?.version;
  return typeof version === "string" ? version : "unknown";
}
