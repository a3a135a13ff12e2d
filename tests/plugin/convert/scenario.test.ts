import { cpSync, mkdirSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { testScenario } from "../../harness/register";
import { ROOT } from "../../harness/root";
import { compile, NO_PULUMI_FOR_SDK, nodeSdk, packagesOfPulumi, runTool } from "../node-sdk";

testScenario(
  "the example in YAML, converted to TypeScript",
  {
    folder: __dirname,
    program: "../../../examples/pipeline-yaml",
    hosts: ["plugin"],
    missing: NO_PULUMI_FOR_SDK,
    seconds: 480,
  },
  async (scenario) => {
    const { program, temporary } = scenario.work;
    const converted = join(temporary, "converted");
    runTool([join(ROOT, "tools", "convert.mjs"), program, converted], ROOT);
    expect(readFileSync(join(converted, "index.ts"), "utf8")).toMatch(/from "pulumi-lyceum"/);
    cpSync(converted, program, { recursive: true });

    mkdirSync(join(program, "node_modules"));
    for (const scope of ["@pulumi", "@types"])
      symlinkSync(join(packagesOfPulumi(), scope), join(program, "node_modules", scope));
    const installed = join(program, "node_modules", "pulumi-lyceum");
    // The program compiles with the published package, and with the SDK that Pulumi generates under the same name.
    symlinkSync(ROOT, installed);
    compile(program, "--noEmit");
    rmSync(installed);
    symlinkSync(nodeSdk(join(temporary, "sdk")), installed);
    compile(program, "--outDir", ".", "--sourceMap", "false");
    scenario.edit("Pulumi.yaml", (text) =>
      text.replace("runtime: nodejs", "main: index.js\nruntime: {name: nodejs, options: {typescript: false}}"),
    );

    const password = "registry-password-canary-4714";
    scenario.plant("registry_password", password);
    await scenario.pulumi.quietly(["config", "set", "registryUser", "robot"]);
    await scenario.pulumi.setSecret("registryPassword", password);
    await scenario.preview("the same two runs");
  },
);
