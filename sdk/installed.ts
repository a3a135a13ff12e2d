import { createRequire } from "node:module";
import { isAbsolute, join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { ownVersion } from "../provider/lyceum/http/own-version";

/**
 * Returns the version of pulumi-lyceum that the engine's provider process would load for a program in a directory.
 * Returns `undefined` if the process would find no package.
 */
export function installedIn(directory: string): string | undefined {
  const require = createRequire(join(directory, "program.js"));
  try {
    require.resolve("pulumi-lyceum/dynamic");
    return (require("pulumi-lyceum/package.json") as { version: string }).version;
  } catch {
    return undefined;
  }
}

/**
 * Returns an error message if the engine's provider process would find no pulumi-lyceum package, or another version of
 * it.
 */
export function installationError(
  directory: string,
  installed: string | undefined,
  version: string,
): string | undefined {
  if (installed === version) return undefined;
  return installed === undefined
    ? `LYC4001: pulumi-lyceum cannot be found from the program's directory (${directory}), where Pulumi looks for it when it starts a run. Install it there: npm install pulumi-lyceum@${version}`
    : `LYC4001: the program uses pulumi-lyceum ${version}, but its directory (${directory}) resolves to ${installed}, which Pulumi would use when it starts a run. Install one version: npm install pulumi-lyceum@${version}`;
}

const checked = new Map<string, string | undefined>();

/**
 * Throws if the provider process would not find this version of the package. Checks each directory only once. Checks
 * nothing for an inline program (Automation API), because the program does not know the directory of its provider. The
 * provider itself then reports a missing package.
 *
 * @param rootDirectory the folder of the project; not an absolute path for an inline program
 */
export function assertInstalled(
  directory: string = process.cwd(),
  rootDirectory: string = pulumi.runtime.getRootDirectory(),
): void {
  if (!isAbsolute(rootDirectory)) return;
  if (!checked.has(directory))
    checked.set(directory, installationError(directory, installedIn(directory), ownVersion()));
  const error = checked.get(directory);
  if (error !== undefined) throw new pulumi.RunError(error);
}
