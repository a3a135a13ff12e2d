import { testScenario } from "../../harness/register";

testScenario(
  "the example of the README",
  { folder: __dirname, variant: "quickstart", program: "../../../examples/quickstart" },
  async (scenario) => {
    await scenario.up("the program as the README shows it");
    await scenario.destroy();
  },
);

testScenario(
  "the example of one run after another",
  { folder: __dirname, variant: "pipeline", program: "../../../examples/pipeline" },
  async (scenario) => {
    const password = "registry-password-canary-4711";
    scenario.plant("registry_password", password);
    await scenario.pulumi.quietly(["config", "set", "registryUser", "robot"]);
    await scenario.pulumi.setSecret("registryPassword", password);
    await scenario.up("prepare has to succeed before train is made");
    await scenario.pulumi.quietly(["config", "set", "dataset", "v2"]);
    await scenario.preview("another data set is a trigger of train alone");
    await scenario.destroy();
  },
);
