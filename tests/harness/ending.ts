import { containersOf, signal } from "./docker";
import type { Story } from "./scenario";
import { waitUntil } from "./wait";

/**
 * Lets the first run end at a moment of the story's choosing, so that no golden file hangs on how fast the machine is.
 * Real containers have to trap USR1 and exit with `returnCode`; simulated ones are ended by the control endpoint.
 */
export async function letRunEnd(story: Story, returnCode = 0): Promise<void> {
  const status = returnCode === 0 ? "completed" : "failed";
  const [run] = await story.runs();
  if (run === undefined) throw new Error("There is no run to end.");
  if (story.engine === "simulated") await story.control.end(run.executionId, { status, returnCode });
  await waitUntil(`the run to be ${status}`, 30, async () => {
    // Sent again until it takes effect: a shell that has not come to its trap yet ignores it.
    if (story.engine === "docker") {
      for (const name of containersOf(run.executionId)) signal(name, "USR1");
    }
    return (await story.runs())[0]?.status === status;
  });
}

/** Waits until the service has been asked something new: whoever waits for the run is at it. */
export async function untilAskedAgain(story: Story): Promise<void> {
  const before = (await story.control.requests()).length;
  await waitUntil("another request", 40, async () => (await story.control.requests()).length > before);
}

/** Waits until a new command has looked for runs of its own, and then asked once more: whatever it takes over, it has. */
export async function untilLookedUp(story: Story): Promise<void> {
  const lookUps = async (): Promise<number> =>
    (await story.control.requests()).filter(({ operation }) => operation === "getBillingHistory").length;
  const before = await lookUps();
  await waitUntil("the look-up", 40, async () => (await lookUps()) > before);
  await untilAskedAgain(story);
}
