import { ONE_HOST, testScenario } from "../../harness/register";

const declaration = { folder: __dirname, hosts: ONE_HOST, engines: ["simulated", "docker"] } as const;

testScenario(
  "the example of the README",
  { ...declaration, variant: "quickstart", program: "../../../examples/quickstart" },
  async (scenario) => {
    await scenario.up("the program as the README shows it");
    await scenario.destroy();
  },
);

testScenario(
  "the example of one run after another",
  { ...declaration, variant: "pipeline", program: "../../../examples/pipeline" },
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
