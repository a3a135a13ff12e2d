import { ONE_HOST, testScenario } from "../../harness/register";

// `tests/consumers/first-run` runs the program of the README and those of the templates.
const declaration = { folder: __dirname, hosts: ONE_HOST, engines: ["simulated", "docker"] } as const;

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
