import { ONE_HOST, testScenario } from "../../harness/register";

testScenario(
  "a run is ended by its timeout, and that is no success",
  { folder: __dirname, hosts: ONE_HOST },
  async (scenario) => {
    await scenario.up("a run that would never end", { fails: true });
    expect(await scenario.resource("endless")).toMatchObject({ outputs: { timeout: 3 } });
    await scenario.destroy("destroy has nothing to abort");
  },
);
