import type { Scenario } from "../scenario";
import { waitUntil } from "../wait";

/** Ends the first run at a fixed point of the scenario, so that golden files do not depend on the machine's speed. */
export async function letRunEnd(scenario: Scenario, returnCode = 0): Promise<void> {
  const status = returnCode === 0 ? "completed" : "failed";
  const [run] = await scenario.runs();
  if (run === undefined) throw new Error("There is no run to end.");
  await scenario.control.end(run.executionId, { status, returnCode });
  await waitUntil(`the run to be ${status}`, async () => (await scenario.runs())[0]?.status === status);
}

/** Waits for a new request to the emulator, which shows that a command is waiting for its run. */
export async function untilAskedAgain(scenario: Pick<Scenario, "control">): Promise<void> {
  const before = (await scenario.control.requests()).length;
  await waitUntil("another request", async () => (await scenario.control.requests()).length > before);
}

/**
 * Waits until a new command has looked for its runs and sent one more request. By this time, the command has adopted
 * the runs.
 */
export async function untilLookupAnswered(scenario: Scenario): Promise<void> {
  const lookups = async (): Promise<number> =>
    (await scenario.control.requests()).filter(({ operation }) => operation === "getBillingHistory").length;
  const before = await lookups();
  await waitUntil("the look-up", async () => (await lookups()) > before);
  await untilAskedAgain(scenario);
}
