import { letRunEnd, untilAskedAgain } from "../../harness/emulator/ending";
import { startsIn } from "../../harness/golden/counts";
import { ONE_HOST, testScenario } from "../../harness/register";
import type { Scenario } from "../../harness/scenario";

/** An `up` that resumes the wait; the run ends while it is waited for. */
async function resume(scenario: Scenario, title: string): Promise<void> {
  const up = scenario.beginStep(title, ["up", "--yes", "--skip-preview"]);
  await untilAskedAgain(scenario);
  await letRunEnd(scenario);
  expect(startsIn((await up.ended()).requests)).toBe(0);
  expect(await scenario.resource("job")).toMatchObject({ outputs: { status: "completed", returnCode: 0 } });
  expect(await scenario.runs()).toHaveLength(1);
}

testScenario(
  "a wait that ran out of time is resumed, also after a refresh",
  { folder: __dirname, variant: "unfinished" },
  async (scenario) => {
    scenario.work.write("settings.json", JSON.stringify({ waitFor: "completed", clocks: { run: 3 } }));
    const late = await scenario.up("the wait's clock runs out", { fails: true });
    expect(late.output).toContain("LYC3002");
    await scenario.refresh("refresh clears the engine's own memory of the failure");
    await scenario.preview("the preview says that the wait is resumed");
    scenario.work.write("settings.json", JSON.stringify({ waitFor: "completed" }));
    await resume(scenario, "up resumes the wait for the same run");
    await scenario.destroy();
  },
);

testScenario(
  "a refused key ends the wait with the id saved",
  { folder: __dirname, variant: "refused", hosts: ONE_HOST },
  async (scenario) => {
    scenario.work.write("settings.json", JSON.stringify({ waitFor: "completed" }));
    const refusal = { kind: "status", status: 401 };
    // 401 on one call alone would refuse that call and not the key.
    await scenario.control.fault({ operation: "listWorkloads", after: 3, times: "always", fault: refusal });
    for (const operation of ["getExecution", "getStreamingStatus"])
      await scenario.control.fault({ operation, times: "always", fault: refusal });
    const refused = await scenario.up("the service refuses the key in the middle of the wait", { fails: true });
    expect(refused.output).toContain("LYC3007");
    expect((await scenario.resource("job")).id).toBe((await scenario.runs())[0]?.executionId);
    await scenario.control.clearFaults();
    await resume(scenario, "with a good key the wait for the same run is resumed");
    await scenario.destroy();
  },
);
