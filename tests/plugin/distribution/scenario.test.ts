import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { testScenario } from "../../harness/register";
import { ROOT } from "../../harness/root";
import { ARCHIVE, archives, system, testArchive, version, withoutPlugins } from "../archive";
import { startNodeHost } from "./node-host";

testArchive(
  "an installed archive of the plugin runs a program that names no plugin",
  { folder: __dirname, variant: "archive" },
  async (scenario) => {
    const again = join(scenario.work.temporary, "again");
    const made = [join(ROOT, "tools", "release", "release-plugin.mjs"), "--draft", "--system", system, "--out", again];
    execFileSync(process.execPath, made, { cwd: scenario.work.temporary, stdio: "ignore" });
    execFileSync("sha256sum", ["--check", "--quiet", "SHA256SUMS"], { cwd: again });
    const sums = [archives, again].map((folder) => readFileSync(join(folder, "SHA256SUMS"), "utf8"));
    expect(sums[1]).toBe(sums[0]);
    const file = join(archives, ARCHIVE);
    await scenario.pulumi.quietly(["plugin", "install", "resource", "lyceum", `v${version}`, "--file", file]);
    const listed = JSON.parse(await scenario.pulumi.quietly(["plugin", "ls", "--json"])) as { name: string }[];
    expect(listed).toContainEqual(expect.objectContaining({ name: "lyceum", kind: "resource", version }));
    rmSync(again, { recursive: true });

    scenario.edit("Pulumi.yaml", withoutPlugins);
    // Pulumi is allowed to download plugins here, but finds none to download.
    const env = { PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "false" };
    await scenario.up("the plugin in Pulumi's home runs it", { env });
    await scenario.up("nothing is left to do", { env }, "--expect-no-changes");
    await scenario.destroy("destroy", { env });
  },
);

const declaration = {
  folder: __dirname,
  program: "../../../examples/yaml",
  hosts: ["plugin"],
} as const;

testScenario(
  "a package by its folder with PulumiPlugin.yaml",
  { ...declaration, variant: "folder" },
  async (scenario) => {
    const folder = join(ROOT, "plugin");
    const host = await startNodeHost();
    const env = { PULUMI_DEBUG_LANGUAGES: host.attach };
    try {
      const command = ["package", "get-schema", folder];
      const asked = await scenario.pulumi.start(command, { env }).ended;
      const schema = readFileSync(join(folder, "schema.json"), "utf8");
      expect(JSON.parse(asked.stdout)).toEqual(JSON.parse(schema));

      const project = join(scenario.work.temporary, "project");
      mkdirSync(project);
      writeFileSync(join(project, "Pulumi.yaml"), "name: added\nruntime: nodejs\n");
      writeFileSync(join(project, "package.json"), "{}");
      const add = ["package", "add", folder, "--cwd", project];
      const added = await scenario.pulumi.start(add, { env }).ended;
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
