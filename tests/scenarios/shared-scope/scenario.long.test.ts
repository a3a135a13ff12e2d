import { cpSync } from "node:fs";
import { join } from "node:path";
import { testScenario } from "../../harness/register";
import { ROOT } from "../../harness/root";

testScenario(
  "two copies of the package share one scope, and a run can be read",
  { folder: __dirname, hosts: ["dynamic"] /* the plugin has no scope */ },
  async (scenario) => {
    const copy = join(scenario.work.program, "second", "node_modules", "pulumi-lyceum");
    cpSync(join(ROOT, "dist"), join(copy, "dist"), { recursive: true });
    cpSync(join(ROOT, "package.json"), join(copy, "package.json"));

    await scenario.up("a program that loads the package twice");
    const { deployment } = await scenario.state();
    const scopes = (deployment.resources ?? []).filter(({ type }) => type.endsWith("lyceum:Scope"));
    expect(scopes).toHaveLength(1);
    expect(await scenario.pulumi.outputs()).toMatchObject({
      read: { status: "completed", returnCode: 0 },
      known: "completed",
    });
    const names = (await scenario.runs()).map(({ fileName }) => fileName);
    expect(new Set(names).size).toBe(2);
    await scenario.destroy();
  },
);
