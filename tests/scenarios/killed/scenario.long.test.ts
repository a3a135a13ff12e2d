import { startsIn } from "../../harness/counts";
import { letRunEnd, untilAskedAgain, untilLookedUp } from "../../harness/ending";
import { tell } from "../../harness/register";
import type { Story } from "../../harness/scenario";
import { waitUntil } from "../../harness/wait";

/** Kills the CLI, and nothing else, once the run is known to be running and is waited for. */
async function killWhileWaiting(story: Story): Promise<void> {
  const up = story.beginStep("up, and the CLI is killed while it waits", ["up", "--yes", "--skip-preview"]);
  await waitUntil("the run to be running", 40, async () => (await story.runs())[0]?.status === "running");
  await untilAskedAgain(story);
  await up.kill();
  await up.ended();
}

/** Lifts the dead command's lock, at which an orphan may still be looking on. */
async function cancel(story: Story): Promise<void> {
  await story.step("the lock of the killed command is lifted", ["cancel", "--yes"], { writesOnly: true });
}

async function isTheSameRun(story: Story): Promise<void> {
  const runs = await story.runs();
  expect(startsIn(await story.control.requests())).toBe(1);
  expect(runs).toHaveLength(1);
  expect(await story.pulumi.outputs()).toEqual({ executionId: runs[0]?.executionId, status: "completed" });
}

/** Orphans may live on and finish the wait; what they ask depends on the moment. */
async function endOrphans(story: Story): Promise<void> {
  await story.endOrphans();
  expect(startsIn(await story.leaveRequestsOut())).toBe(0);
}

tell(
  "a killed command's run is taken up again while it runs",
  { folder: __dirname, variant: "running" },
  async (story) => {
    await killWhileWaiting(story);
    await cancel(story);
    const up = story.beginStep("up takes the same run over, and waits for its end", ["up", "--yes", "--skip-preview"]);
    await untilLookedUp(story);
    await letRunEnd(story);
    await up.ended();
    await isTheSameRun(story);
    await endOrphans(story);
    await story.destroy();
  },
);

tell(
  "a killed command's run is taken up again after it has ended",
  { folder: __dirname, variant: "ended" },
  async (story) => {
    await killWhileWaiting(story);
    await letRunEnd(story);
    await endOrphans(story);
    await cancel(story);
    await story.up("up takes the ended run over and starts none");
    await isTheSameRun(story);
    await story.destroy();
  },
);
