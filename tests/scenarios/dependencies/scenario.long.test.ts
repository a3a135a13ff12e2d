import { testScenario } from "../../harness/register";

testScenario(
  "two runs and an ordinary resource wait for one another",
  { folder: __dirname, variant: "all-well" },
  async (scenario) => {
    await scenario.up("the second run starts when the first has completed");
    const { first } = await scenario.pulumi.outputs();
    const [one, two] = await scenario.runs();
    expect([one?.executionId, one?.status, two?.status]).toEqual([first, "completed", "completed"]);
    expect(two?.composeFileCode).toContain(`AFTER: ${String(first)}`);
    await scenario.up("up again changes nothing", {}, "--expect-no-changes");
    await scenario.destroy();
  },
);

testScenario(
  "what depends on a failed run is not created",
  { folder: __dirname, variant: "first-fails" },
  async (scenario) => {
    scenario.edit("first.yaml", (text) => text.replace("exit 0", "exit 4").replace("exitCode: 0", "exitCode: 4"));
    await scenario.up("the first run fails", { fails: true });
    const { deployment } = await scenario.state();
    const names = (deployment.resources ?? []).map(({ urn }) => urn.split("::").at(-1));
    expect(names).toContain("first");
    expect(names).not.toContain("note");
    expect(names).not.toContain("second");
    expect(await scenario.runs()).toHaveLength(1);
    await scenario.destroy();
  },
);
