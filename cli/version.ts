import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";

/** The version of this package, as its own package.json says it. */
export function packageVersion(): string {
  const manifest = join(packageFolder(__dirname), "package.json");
  return String((JSON.parse(readFileSync(manifest, "utf8")) as { version?: unknown }).version);
}

/** This file lies in `cli/` of the sources, and in `dist/cli/` of the package. */
function packageFolder(here: string): string {
  const above = dirname(here);
  return above.endsWith("dist") ? dirname(above) : above;
}
