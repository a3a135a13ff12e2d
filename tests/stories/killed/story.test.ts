import { startsIn } from "../../harness/counts";
import { tell } from "../../harness/register";
import type { Story } from "../../harness/story";
import { waitUntil } from "../../harness/wait";

/** Kills the CLI, and nothing else, once the run is known to be running and is waited for. */
async function killWhileWaiting(story: Story): Promise<void> {
  const up = story.beginStep("up, and the CLI is killed while it waits", ["up", "--yes", "--skip-preview"]);
  await waitUntil("the run to be running", 40, async () => (await story.runs())[0]?.status === "running");
  const before = (await story.control.requests()).length;
  await waitUntil("one more look of the wait", 10, async () => (await story.control.requests()).length > before);
  await up.kill();
  await up.ended();
}

async function takeUpAgain(story: Story, title: string): Promise<void> {
  await story.step("the lock of the killed command is lifted", ["cancel", "--yes"]);
  await story.up(title);
  const runs = await story.runs();
  expect(startsIn(await story.control.requests())).toBe(1);
  expect(runs).toHaveLength(1);
  expect(await story.pulumi.outputs()).toEqual({ executionId: runs[0]?.executionId, status: "completed" });
}

/** Orphans live on and finish the wait; what they ask depends on the moment. */
async function endOrphans(story: Story): Promise<void> {
  await story.endOrphans();
  expect(startsIn(await story.leaveRequestsOut())).toBe(0);
}

tell(
  "a killed command's run is taken up again while it runs",
  { folder: __dirname, variant: "running" },
  async (story) => {
    await killWhileWaiting(story);
    await takeUpAgain(story, "up takes the same run over, and waits for its end");
    await endOrphans(story);
    await story.destroy();
  },
);

tell(
  "a killed command's run is taken up again after it has ended",
  { folder: __dirname, variant: "ended" },
  async (story) => {
    await killWhileWaiting(story);
    await waitUntil("the run to end", 30, async () => (await story.runs())[0]?.status === "completed");
    await endOrphans(story);
    await takeUpAgain(story, "up takes the ended run over and starts none");
    await story.destroy();
  },
);
