import { startsIn } from "../../harness/golden/counts";
import { ONE_HOST, testScenario } from "../../harness/register";

testScenario(
  "a run whose end was seen stays in the state when the service forgets it",
  { folder: __dirname, variant: "forgotten", hosts: ONE_HOST },
  async (scenario) => {
    scenario.work.write("settings.json", JSON.stringify({ waitFor: "completed" }));
    scenario.edit("compose.yaml", (text) => text.replace("run: 600", "run: 0.5"));
    await scenario.up("a run that completes");
    await scenario.control.fault({ operation: "*", fault: { kind: "forget" } });
    await scenario.refresh("the service no longer knows it, and is not asked");
    const kept = await scenario.up("the resource is kept, and no run is started", {}, "--expect-no-changes");
    expect(startsIn(kept.requests)).toBe(0);
    expect(await scenario.resource("job")).toMatchObject({ outputs: { status: "completed" } });
    await scenario.destroy("destroy has nothing to abort");
  },
);

testScenario(
  "a run whose end was not seen and that answers 404 is lost, and no run is started without a decision",
  { folder: __dirname, variant: "lost", hosts: ONE_HOST },
  async (scenario) => {
    scenario.work.write("settings.json", JSON.stringify({ waitFor: "running" }));
    await scenario.up("a run that runs");
    await scenario.control.fault({ operation: "*", fault: { kind: "forget" } });
    await scenario.refresh("the service says that it does not know it");
    expect(await scenario.resource("job")).toMatchObject({ outputs: { missing: "lost" } });
    const stopped = await scenario.up("up stops with an error", { fails: true });
    expect(stopped.output).toContain("LYC3003");
    expect(startsIn(stopped.requests)).toBe(0);
    await scenario.destroy("destroy proves nothing, so it stops, too", { fails: true });
    await scenario.control.clearFaults();
    const found = await scenario.up("the service knows the run again, and the update succeeds");
    expect(startsIn(found.requests)).toBe(0);
    await scenario.destroy("destroy aborts it");
  },
);
