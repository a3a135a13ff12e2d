import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { testScenario } from "../../harness/register";
import { ROOT } from "../../harness/root";
import { startNodeHost } from "./node-host";

const { version } = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as { version: string };
const system = `${process.platform}-${process.arch === "x64" ? "amd64" : process.arch}`;
const declaration = {
  folder: __dirname,
  program: "../../../examples/yaml",
  hosts: ["plugin"],
} as const;

/** A program in YAML whose `Pulumi.yaml` names no plugin. */
const withoutPlugins = (text: string): string => text.replace(/^plugins:\n( .*\n)+/m, "");

testScenario(
  "an installed archive of the plugin runs a program that names no plugin",
  { ...declaration, variant: "archive" },
  async (scenario) => {
    const sums = ["one", "two"].map((name) => {
      const out = join(scenario.work.temporary, name);
      const made = [join(ROOT, "tools", "release", "release-plugin.mjs"), "--draft", "--out", out];
      execFileSync(process.execPath, made, { cwd: scenario.work.temporary, stdio: "ignore" });
      execFileSync("sha256sum", ["--check", "--quiet", "SHA256SUMS"], { cwd: out });
      return readFileSync(join(out, "SHA256SUMS"), "utf8");
    });
    expect(sums[1]).toBe(sums[0]);
    const file = join(scenario.work.temporary, "one", `pulumi-resource-lyceum-v${version}-${system}.tar.gz`);
    await scenario.pulumi.quietly(["plugin", "install", "resource", "lyceum", `v${version}`, "--file", file]);
    const installed = join(scenario.work.pulumiHome, "plugins", `resource-lyceum-v${version}`);
    expect(readFileSync(join(installed, "pulumi-resource-lyceum"))).toEqual(
      readFileSync(join(ROOT, "bin", "pulumi-resource-lyceum")),
    );

    scenario.edit("Pulumi.yaml", withoutPlugins);
    // Nothing forbids Pulumi to download plugins, and nothing is downloaded: there is nothing to be had.
    const env = { PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "false" };
    await scenario.up("the plugin in Pulumi's home runs it", { env });
    await scenario.up("nothing is left to do", { env }, "--expect-no-changes");
    await scenario.destroy("destroy", { env });
  },
);

testScenario(
  "a package by its folder with PulumiPlugin.yaml",
  { ...declaration, variant: "folder" },
  async (scenario) => {
    const folder = join(ROOT, "plugin");
    const host = await startNodeHost();
    const env = { PULUMI_DEBUG_LANGUAGES: host.attach };
    try {
      const command = ["package", "get-schema", folder];
      const asked = await scenario.pulumi.start(command, { deadlineSeconds: 60, env }).ended;
      const schema = readFileSync(join(folder, "schema.json"), "utf8");
      expect(JSON.parse(asked.stdout)).toEqual(JSON.parse(schema));

      const project = join(scenario.work.temporary, "project");
      mkdirSync(project);
      writeFileSync(join(project, "Pulumi.yaml"), "name: added\nruntime: nodejs\n");
      writeFileSync(join(project, "package.json"), "{}");
      const add = ["package", "add", folder, "--cwd", project];
      const added = await scenario.pulumi.start(add, { deadlineSeconds: 60, env }).ended;
      expect(added.stderr).not.toMatch(/error:/);
      const packages = /^packages:\n( .*\n)+/m.exec(readFileSync(join(project, "Pulumi.yaml"), "utf8"))?.[0] ?? "";
      expect(packages).toMatch(/^packages:\n +lyceum: .*\/plugin\n$/);

      scenario.edit("Pulumi.yaml", (text) => `${withoutPlugins(text)}packages:\n  lyceum: ${folder}\n`);
      await scenario.up("Pulumi's host for Node runs the plugin", { env });
      await scenario.destroy("destroy", { env });
    } finally {
      host.stop();
    }
    expect(existsSync(join(folder, "node_modules"))).toBe(false);
  },
);
