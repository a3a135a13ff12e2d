import { startsIn } from "../../harness/golden/counts";
import { testScenario } from "../../harness/register";
import type { Scenario } from "../../harness/scenario";
import { waitUntil } from "../../harness/wait";

const declare = (scenario: Scenario, settings: object) =>
  scenario.work.write("settings.json", JSON.stringify(settings));

/** Waits for the given run of the scenario, counted from 1, and ends it. */
async function endRun(
  scenario: Scenario,
  count: number,
  end: Parameters<Scenario["control"]["end"]>[1],
): Promise<void> {
  const runs = () => scenario.runs();
  await waitUntil(`run ${count}`, async () => (await runs())[count - 1]?.status === "running");
  await scenario.control.end((await runs())[count - 1]?.executionId ?? "", end);
}

const LOST = { status: "system_failure", returnCode: null };

testScenario(
  "after a failure that `retries` lists, the same up starts another run",
  { folder: __dirname, variant: "succeeds" },
  async (scenario) => {
    declare(scenario, { retries: { attempts: 3, on: ["system_failure", "timeout"] } });
    await scenario.preview("a preview shows one run");
    const up = scenario.beginStep("Lyceum loses the first run", ["up", "--yes", "--skip-preview"], {
      writesOnly: true,
    });
    await endRun(scenario, 1, LOST);
    await endRun(scenario, 2, { status: "completed", returnCode: 0 });
    const done = await up.ended();
    expect(startsIn(done.requests)).toBe(2);
    const [first, second] = await scenario.runs();
    expect((await scenario.resource("job")).outputs).toMatchObject({
      executionId: second?.executionId,
      attempt: 2,
      status: "completed",
      retriedExecutionIds: [first?.executionId],
    });
    await scenario.up("nothing changes", {}, "--expect-no-changes");
    await scenario.destroy("destroy has nothing to abort");
  },
);

testScenario(
  "a failure that `retries` does not list, and a failure of the last attempt, fail the up",
  { folder: __dirname, variant: "fails" },
  async (scenario) => {
    declare(scenario, { retries: { attempts: 2 } });
    const lost = scenario.beginStep("Lyceum loses both runs", ["up", "--yes", "--skip-preview"], {
      fails: true,
      writesOnly: true,
    });
    await endRun(scenario, 1, LOST);
    await endRun(scenario, 2, LOST);
    expect((await lost.ended()).output).toMatch(/Before it, a run of this command failed/);
    const failed = scenario.beginStep("a run that fails by itself", ["up", "--yes", "--skip-preview"], {
      fails: true,
      writesOnly: true,
    });
    await endRun(scenario, 3, { status: "failed", returnCode: 3 });
    expect(startsIn((await failed.ended()).requests)).toBe(1);
    await scenario.destroy("destroy has nothing to abort");
  },
);
