import { mkdirSync, readdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";

/**
 * Plugins that the Pulumi CLI does not contain: the kind, the version in the tests, and the variable with the folder.
 */
const PLUGINS = {
  yaml: { kind: "language", version: "1.25.0", variable: "LYCEUM_TEST_YAML_HOST" },
  python: { kind: "language", version: "3.68.0", variable: "LYCEUM_TEST_PYTHON_HOST" },
  go: { kind: "language", version: "3.66.0", variable: "LYCEUM_TEST_GO_HOST" },
  java: { kind: "language", version: "1.34.0", variable: "LYCEUM_TEST_JAVA_HOST" },
  "docker-build": { kind: "resource", version: "0.0.22", variable: "LYCEUM_TEST_DOCKER_BUILD" },
} as const;

export type PluginName = keyof typeof PLUGINS;

/** Returns the folder of a plugin. `undefined` if the tests do not have this plugin. */
export function pluginFolder(name: PluginName): string | undefined {
  return process.env[PLUGINS[name].variable] || undefined;
}

/**
 * Copies a plugin to Pulumi's folder. If Pulumi found the plugin on PATH, it would print a warning with a path of this
 * machine.
 */
export function installPlugin(name: PluginName, pulumiHome: string): void {
  const from = pluginFolder(name);
  const { kind, version, variable } = PLUGINS[name];
  if (from === undefined) {
    throw new Error(`No plug-in for ${name}: run \`npm run test:long\`, or name its folder in ${variable}.`);
  }
  const folder = join(pulumiHome, "plugins", `${kind}-${name}-v${version}`);
  mkdirSync(folder, { recursive: true });
  for (const file of readdirSync(from).filter((file) => file.startsWith(`pulumi-${kind}-${name}`))) {
    symlinkSync(join(from, file), join(folder, file));
  }
}
