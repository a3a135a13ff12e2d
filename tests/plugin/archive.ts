import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { type ScenarioDeclaration, testScenario } from "../harness/register";
import { ROOT } from "../harness/root";
import type { Scenario } from "../harness/scenario";

/** The version that is released. */
export const { version } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as { version: string };

/** The name of this machine's system in the names of archives. */
export const system = `${process.platform}-${process.arch === "x64" ? "amd64" : process.arch}`;

/** The name of this machine's archive. */
export const ARCHIVE = `pulumi-resource-lyceum-v${version}-${system}.tar.gz`;

/**
 * The folder with the archive of this machine. `npm run test:long` makes the archive if npm has Node for this system.
 */
export const archives = process.env.LYCEUM_TEST_PLUGIN_ARCHIVES ?? "";

/** Why the archive is missing. */
export const NO_ARCHIVE = archives === "" ? "LYCEUM_TEST_PLUGIN_ARCHIVES names no folder" : undefined;

/** Where Pulumi installs the plugin. */
export const installedPlugin = (scenario: Scenario): string =>
  join(scenario.work.pulumiHome, "plugins", `resource-lyceum-v${version}`);

/** Declares a scenario of the released plugin, for a program in YAML. */
export function testArchive(
  title: string,
  declaration: Pick<ScenarioDeclaration, "folder" | "variant">,
  act: (scenario: Scenario) => Promise<void>,
): void {
  const program = { program: "../../../examples/yaml", hosts: ["plugin"], missing: NO_ARCHIVE } as const;
  testScenario(title, { ...declaration, ...program }, async (scenario) => {
    await act(scenario);
    // The archive is left out of the search for secrets, because it has 125 MB.
    rmSync(installedPlugin(scenario), { recursive: true, force: true });
  });
}

/** The text of a `Pulumi.yaml` that names no plugin. */
export const withoutPlugins = (text: string): string => text.replace(/^plugins:\n( .*\n)+/m, "");
