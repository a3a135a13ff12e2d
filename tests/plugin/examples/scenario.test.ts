import { refreshWithProgram } from "../../harness/refreshes";
import { testScenario } from "../../harness/register";

testScenario(
  "the example in YAML",
  {
    folder: __dirname,
    variant: "yaml",
    program: "../../../examples/yaml",
    hosts: ["plugin"],
  },
  async (scenario) => {
    await scenario.preview("a preview sends nothing");
    await scenario.up("the program as the guide shows it");
    await scenario.up("nothing is left to do", {}, "--expect-no-changes");
    // The provider makes a model of the file, and a preview compares it. The program has no such model.
    expect(await refreshWithProgram(scenario, "a refresh runs the program")).toEqual(["hello [diff: -compose]"]);
    await scenario.destroy();
  },
);

const PIPELINES = [
  ["YAML", "pipeline", "pipeline-yaml"],
  ["TypeScript", "typescript", "pipeline-plugin"],
] as const;

for (const [language, variant, example] of PIPELINES) {
  testScenario(
    `the example in ${language} of one run after another, with a function and a secret`,
    { folder: __dirname, variant, program: `../../../examples/${example}`, hosts: ["plugin"] },
    async (scenario) => {
      const password = "registry-password-canary-4712";
      scenario.plant("registry_password", password);
      await scenario.pulumi.quietly(["config", "set", "registryUser", "robot"]);
      await scenario.pulumi.setSecret("registryPassword", password);
      // How long the first run takes decides whether the lookup before the second start has to read again.
      await scenario.up("prepare has to succeed before train is created", { writesOnly: true });
      const refreshed = await refreshWithProgram(scenario, "a refresh runs the program", { writesOnly: true });
      expect(refreshed).toEqual(["prepare [diff: -compose]"]);
      await scenario.pulumi.quietly(["config", "set", "dataset", "v2"]);
      await scenario.preview("another data set is a trigger of train alone");
      await scenario.destroy();
    },
  );
}
