import { tell } from "../../harness/register";

tell(
  "every fault of the arguments is told at once at preview, and nothing is sent",
  { folder: __dirname, engines: ["simulated"] },
  async (story) => {
    const preview = await story.preview("everything is wrong", { exit: 255 });
    expect(preview.requests).toEqual([]);
    for (const property of [
      "executionType",
      "timeout",
      "gracefulTimeout",
      "fileName",
      "enableS3Mount",
      "userCallbackUrls",
      "registryCredentials",
      "triggers",
      "waitFor",
      "adoptEndedWithin",
      "onDelete",
      "failureOutput",
      "clocks.queue",
      "clocks.patience",
    ]) {
      expect(preview.said).toContain(property);
    }
    const up = await story.up("up says the same", { exit: 255 });
    expect(up.requests).toEqual([]);
    await story.destroy();
  },
);
