import { letRunEnd, untilAskedAgain, untilLookupAnswered } from "../../harness/emulator/ending";
import { startsIn } from "../../harness/golden/counts";
import { ONE_HOST, testScenario } from "../../harness/register";
import type { Scenario } from "../../harness/scenario";
import { waitUntil } from "../../harness/wait";

/** Kills the CLI, and nothing else, once the run is known to be running and is waited for. */
async function killWhileWaiting(scenario: Scenario): Promise<void> {
  const up = scenario.beginStep("up, and the CLI is killed while it waits", ["up", "--yes", "--skip-preview"]);
  await waitUntil("the run to be running", 40, async () => (await scenario.runs())[0]?.status === "running");
  await untilAskedAgain(scenario);
  await up.kill();
  await up.ended();
}

/** Lifts the dead command's lock, at which an abandoned process may still be looking on. */
async function cancel(scenario: Scenario): Promise<void> {
  await scenario.step("the lock of the killed command is lifted", ["cancel", "--yes"], { writesOnly: true });
}

async function isTheSameRun(scenario: Scenario): Promise<void> {
  const runs = await scenario.runs();
  expect(startsIn(await scenario.control.requests())).toBe(1);
  expect(runs).toHaveLength(1);
  expect(await scenario.pulumi.outputs()).toEqual({ executionId: runs[0]?.executionId, status: "completed" });
}

/** Abandoned processes may live on and finish the wait; what they ask depends on the moment. */
async function killAbandonedProcesses(scenario: Scenario): Promise<void> {
  await scenario.killAbandonedProcesses();
  expect(startsIn(await scenario.leaveRequestsOut())).toBe(0);
}

testScenario(
  "a killed command's run is taken up again while it runs",
  { folder: __dirname, variant: "running" },
  async (scenario) => {
    await killWhileWaiting(scenario);
    await cancel(scenario);
    const up = scenario.beginStep("up takes the same run over, and waits for its end", [
      "up",
      "--yes",
      "--skip-preview",
    ]);
    await untilLookupAnswered(scenario);
    await letRunEnd(scenario);
    await up.ended();
    await isTheSameRun(scenario);
    await killAbandonedProcesses(scenario);
    await scenario.destroy();
  },
);

testScenario(
  "a killed command's run is taken up again after it has ended",
  { folder: __dirname, variant: "ended", hosts: ONE_HOST },
  async (scenario) => {
    await killWhileWaiting(scenario);
    await letRunEnd(scenario);
    await killAbandonedProcesses(scenario);
    await cancel(scenario);
    await scenario.up("up takes the ended run over and starts none");
    await isTheSameRun(scenario);
    await scenario.destroy();
  },
);
