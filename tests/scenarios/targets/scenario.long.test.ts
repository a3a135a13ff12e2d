import { ONE_HOST, testScenario } from "../../harness/register";
import { urnOf } from "../../harness/urn";

const SCOPE = "urn:pulumi:dev::story::pulumi-nodejs:dynamic/lyceum:Scope::lyceum-scope";

testScenario(
  "the first --target of a run names the scope that must also be a target",
  { folder: __dirname, variant: "first", hosts: ["dynamic"] /* the plugin has no scope */ },
  async (scenario) => {
    const target = ["--target", urnOf("worker")];
    const refused = await scenario.up("up with the run as the only target", { fails: true }, ...target);
    expect(refused.requests).toEqual([]);
    expect(refused.output).toContain(`LYC3020: `);
    expect(refused.output).toContain(`--target '${SCOPE}'`);
    await scenario.up("up with the scope, as the message says", {}, ...target, "--target", SCOPE);
    await scenario.up("after that, the run alone as a target is enough", {}, "--expect-no-changes", ...target);
    await scenario.destroy();
  },
);

testScenario(
  "a run that was given another name in the state is replaced on its own row",
  { folder: __dirname, variant: "renamed", hosts: ONE_HOST },
  async (scenario) => {
    await scenario.up("a run");
    await scenario.step("its resource is given another name", ["state", "rename", urnOf("worker"), "renamed", "--yes"]);
    scenario.edit("index.js", (text) => text.replace('"worker"', '"renamed"'));
    scenario.work.write("settings.json", JSON.stringify({ args: { triggers: [1] } }));
    const replaced = await scenario.up("a trigger replaces it");
    expect(replaced.output).toMatch(/ComposeExecution renamed .*abort sent/);
    expect(replaced.output).not.toMatch(/ComposeExecution worker /);
    await scenario.destroy();
  },
);

testScenario(
  "pulumi import cannot reach this package with any arguments",
  {
    folder: __dirname,
    variant: "import",
    hosts: ["dynamic"] /* the plugin imports: tests/plugin */,
  },
  async (scenario) => {
    const type = "pulumi-nodejs:dynamic/lyceum:ComposeExecution";
    const command = ["import", type, "other", "local-1", "--yes", "--skip-preview"];
    // A limit of Pulumi's Node host: an imported resource gets no provider text (docs/explanation/lifecycle.md).
    const imported = await scenario.pulumi.start(command).ended;
    expect(imported.exitCode).not.toBe(0);
    expect(imported.stdout + imported.stderr).toContain("code must be a string, not undefined");

    scenario.work.write("settings.json", JSON.stringify({ options: { import: "local-1" } }));
    const refused = await scenario.up("the resource option import", { fails: true });
    expect(refused.output).toMatch(/LYC4004: worker: .*existingExecutionId/);
    expect(refused.output).not.toContain("code must be a string");
    expect(refused.requests).toEqual([]);
  },
);
