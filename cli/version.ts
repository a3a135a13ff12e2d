import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";

interface Manifest {
  readonly version?: unknown;
  readonly engines?: { readonly node?: unknown };
  readonly peerDependencies?: Readonly<Record<string, unknown>>;
}

/** The version of this package, as its own package.json says it. */
export function packageVersion(): string {
  return String(manifest().version);
}

/** The least versions of Node and the Pulumi SDK, from the same file. */
export function requirements(): { readonly node: string; readonly pulumi: string } {
  const { engines, peerDependencies } = manifest();
  const least = (range: unknown): string => /(?<!\d)\d+\.\d+\.\d+/.exec(String(range))?.[0] ?? "0.0.0";
  return { node: least(engines?.node), pulumi: least(peerDependencies?.["@pulumi/pulumi"]) };
}

function manifest(): Manifest {
  return JSON.parse(readFileSync(join(packageFolder(__dirname), "package.json"), "utf8")) as Manifest;
}

/** This file lies in `cli/` of the sources, and in `dist/cli/` of the package. */
function packageFolder(here: string): string {
  const above = dirname(here);
  return above.endsWith("dist") ? dirname(above) : above;
}
