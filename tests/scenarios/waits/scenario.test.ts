import { startsIn } from "../../harness/counts";
import { letRunEnd, untilAskedAgain } from "../../harness/ending";
import { tell } from "../../harness/register";
import type { Story } from "../../harness/scenario";

/** An `up` that resumes the wait; the run ends while it is waited for. */
async function resume(story: Story, title: string): Promise<void> {
  const up = story.beginStep(title, ["up", "--yes", "--skip-preview"]);
  await untilAskedAgain(story);
  await letRunEnd(story);
  expect(startsIn((await up.ended()).requests)).toBe(0);
  expect(await story.resource("job")).toMatchObject({ outputs: { status: "completed", returnCode: 0 } });
  expect(await story.runs()).toHaveLength(1);
}

tell(
  "a wait that ran out of time is resumed, also after a refresh",
  { folder: __dirname, variant: "unfinished" },
  async (story) => {
    story.work.write("settings.json", JSON.stringify({ waitFor: "completed", clocks: { total: 3 } }));
    const late = await story.up("the wait's clock runs out", { fails: true });
    expect(late.said).toContain("LYC3002");
    await story.refresh("refresh clears the engine's own memory of the failure");
    await story.preview("the preview says that the wait is resumed");
    story.work.write("settings.json", JSON.stringify({ waitFor: "completed" }));
    await resume(story, "up resumes the wait for the same run");
    await story.destroy();
  },
);

tell(
  "a refused key ends the wait with the id saved",
  { folder: __dirname, variant: "refused", engines: ["simulated"] },
  async (story) => {
    story.work.write("settings.json", JSON.stringify({ waitFor: "completed" }));
    const refusal = { kind: "status", status: 401 };
    // 401 on one call alone would refuse that call and not the key.
    await story.control.fault({ operation: "listWorkloads", after: 3, times: "always", fault: refusal });
    for (const operation of ["getExecution", "getStreamingStatus"])
      await story.control.fault({ operation, times: "always", fault: refusal });
    const refused = await story.up("the service refuses the key in the middle of the wait", { fails: true });
    expect(refused.said).toContain("LYC3007");
    expect((await story.resource("job")).id).toBe((await story.runs())[0]?.executionId);
    await story.control.clearFaults();
    await resume(story, "with a good key the wait for the same run is resumed");
    await story.destroy();
  },
);
