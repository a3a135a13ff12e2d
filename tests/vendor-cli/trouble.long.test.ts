import { testCliScenario } from "./register";

const run = ["compose", "run", "--machine", "cpu"];

testCliScenario(
  "the vendor's CLI meets what goes wrong",
  { folder: __dirname, variant: "trouble" },
  async (scenario) => {
    await scenario.logIn();
    await scenario.call("a run that takes too long", 1, ...run, "long.yaml", "--timeout", "1");
    await scenario.call("its record", 0, "jobs", "status", await scenario.newest("timeout"));

    scenario.work.write("broken.yaml", "services:\n  app: [\n");
    await scenario.call("a text that is no YAML", 1, ...run, "broken.yaml");
    await scenario.call("a timeout beyond the limit", 1, ...run, "success.yaml", "--timeout", "9999");
    await scenario.call("a machine that there is not", 1, "compose", "run", "success.yaml", "--machine", "gpu.t4");
    await scenario.call("a name that no machine can have", 1, "compose", "run", "success.yaml", "--machine", "a-100");
    await scenario.call("a file that there is not", 2, ...run, "missing.yaml");

    const unknown = "00000000-0000-0000-0000-000000000000";
    await scenario.call("the record of an unknown run", 1, "jobs", "status", unknown);
    await scenario.call("the stored output of an unknown run", 1, "jobs", "logs", unknown);
    await scenario.call("the output of an unknown run", 1, "compose", "logs", unknown);
    await scenario.call("abort an unknown run", 1, "jobs", "abort", unknown);
    await scenario.call("the metrics of an unknown run", 1, "jobs", "metrics", unknown);
    await scenario.call(
      "the metrics of a run: none were measured",
      0,
      "jobs",
      "metrics",
      await scenario.newest("failed"),
    );
    await scenario.call("what the emulator refuses: other products", 1, "vm", "list");
  },
);
