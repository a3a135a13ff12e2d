import { startsIn } from "../../harness/counts";
import { tell } from "../../harness/register";

tell(
  "a wait that ran out of time is resumed, also after a refresh",
  { folder: __dirname, variant: "unfinished" },
  async (story) => {
    story.work.write("settings.json", JSON.stringify({ waitFor: "completed", clocks: { total: 2 } }));
    const late = await story.up("the wait's clock runs out", { fails: true });
    expect(late.said).toContain("LYC3002");
    await story.refresh("refresh clears the engine's own memory of the failure");
    await story.preview("the preview says that the wait is resumed");
    story.work.write("settings.json", JSON.stringify({ waitFor: "completed" }));
    const resumed = await story.up("up resumes the wait for the same run");
    expect(startsIn(resumed.requests)).toBe(0);
    expect(await story.resource("job")).toMatchObject({ outputs: { status: "completed", returnCode: 0 } });
    expect(await story.runs()).toHaveLength(1);
    await story.destroy();
  },
);

tell(
  "a refused key ends the wait with the id saved",
  { folder: __dirname, variant: "refused", engines: ["simulated"] },
  async (story) => {
    story.work.write("settings.json", JSON.stringify({ waitFor: "completed" }));
    await story.control.fault({
      operation: "listWorkloads",
      after: 3,
      times: "always",
      fault: { kind: "status", status: 401 },
    });
    const refused = await story.up("the service refuses the key in the middle of the wait", { fails: true });
    expect(refused.said).toContain("LYC3007");
    const { id } = await story.resource("job");
    expect(id).toBe((await story.runs())[0]?.executionId);
    await story.control.clearFaults();
    const resumed = await story.up("with a good key the wait for the same run is resumed");
    expect(startsIn(resumed.requests)).toBe(0);
    await story.destroy();
  },
);
