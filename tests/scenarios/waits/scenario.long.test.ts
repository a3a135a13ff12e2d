import { letRunEnd, untilAskedAgain } from "../../harness/emulator/ending";
import { startsIn } from "../../harness/golden/counts";
import { testScenario } from "../../harness/register";

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
    const up = scenario.beginStep("up resumes the wait for the same run", ["up", "--yes", "--skip-preview"]);
    await untilAskedAgain(scenario);
    await letRunEnd(scenario);
    expect(startsIn((await up.ended()).requests)).toBe(0);
    expect(await scenario.resource("job")).toMatchObject({ outputs: { status: "completed", returnCode: 0 } });
    expect(await scenario.runs()).toHaveLength(1);
    await scenario.destroy();
  },
);
