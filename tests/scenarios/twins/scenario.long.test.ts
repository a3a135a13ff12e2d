import { abortsIn, startsIn, writesIn } from "../../harness/golden/counts";
import { ONE_HOST, testScenario } from "../../harness/register";
import type { Scenario } from "../../harness/scenario";
import type { StepResult } from "../../harness/step";
import { urnOf } from "../../harness/urn";
import { waitUntil } from "../../harness/wait";

interface Settings {
  readonly replacementTrigger?: string;
  readonly waitFor?: string;
  readonly others?: readonly string[];
}

function declare(scenario: Scenario, settings: Settings = {}): void {
  scenario.work.write("settings.json", JSON.stringify({ others: [], ...settings }));
}

/** The number of resources in the state that have the run. */
async function rows(scenario: Scenario, executionId: unknown): Promise<number> {
  const { deployment } = await scenario.state();
  return (deployment.resources ?? []).filter(({ id }) => id === executionId).length;
}

/**
 * Checks the command after one that left a resource to delete. It must send no abort and no start, and afterwards the
 * state must contain the active run once.
 */
async function isStillThere(scenario: Scenario, executionId: unknown, step: StepResult): Promise<void> {
  expect(writesIn(step.requests)).toEqual([]);
  expect(step.output).toContain(
    `Run ${executionId} is not aborted, because another resource in the state still has it.`,
  );
  expect(await rows(scenario, executionId)).toBe(1);
  expect((await scenario.runs())[0]).toMatchObject({ executionId, status: "running" });
}

testScenario(
  "a replacement that creates first and adopts the run fails, and the next up keeps the run",
  { folder: __dirname, variant: "forced" },
  async (scenario) => {
    declare(scenario);
    await scenario.up("a run");
    const { executionId } = await scenario.pulumi.outputs();

    const replaced = await scenario.up("up --replace", { fails: true }, "--replace", urnOf("job"));
    expect(writesIn(replaced.requests)).toEqual([]);
    expect(replaced.output).toMatch(/LYC3022: .*nothing new was started.*deleteBeforeReplace: true/);
    await isStillThere(scenario, executionId, await scenario.up("the next up"));

    await scenario.step("state taint", ["state", "taint", "--yes", urnOf("job")]);
    const tainted = await scenario.up("up replaces what is tainted", { fails: true });
    expect(writesIn(tainted.requests)).toEqual([]);
    await isStillThere(scenario, executionId, await scenario.up("the next up again"));

    await scenario.up("up --replace once more", { fails: true }, "--replace", urnOf("job"));
    expect(await rows(scenario, executionId)).toBe(2);
    // Both resources are deleted at once. Three things depend on timing: the order of the lines, whether the second one
    // also sends an abort, and whether that abort finds an active run.
    const destroyed = await scenario.destroy("destroy with two rows of one run", {
      totalsOnly: true,
      requests: "writes once",
    });
    expect(startsIn(destroyed.requests)).toBe(0);
    expect((await scenario.runs()).map(({ status }) => status)).toEqual(["aborted"]);
  },
);

testScenario(
  "a replacement that is interrupted by the failure of another resource leaves two rows, and the next up keeps the run",
  { folder: __dirname, variant: "failing", hosts: ONE_HOST },
  async (scenario) => {
    declare(scenario);
    await scenario.up("a run");
    const { executionId } = await scenario.pulumi.outputs();

    declare(scenario, { others: ["other"] });
    await scenario.control.fault({ operation: "startComposeExecution", fault: { kind: "status", status: 400 } });
    const cut = await scenario.up(
      "up --replace, and the other fails",
      { fails: true, totalsOnly: true },
      "--replace",
      urnOf("job"),
    );
    expect(abortsIn(cut.requests)).toBe(0);
    expect(await rows(scenario, executionId)).toBe(2);

    declare(scenario);
    await isStillThere(scenario, executionId, await scenario.up("the next up"));
    await scenario.destroy();
    expect((await scenario.runs()).map(({ status }) => status)).toEqual(["aborted"]);
  },
);

testScenario(
  "a changed replacementTrigger starts a new run, also where the replacement creates first",
  { folder: __dirname, variant: "trigger", hosts: ONE_HOST },
  async (scenario) => {
    for (const [index, replacementTrigger] of ["one", "two", "three"].entries()) {
      declare(scenario, { replacementTrigger });
      const up = await scenario.up(`replacementTrigger ${replacementTrigger}`);
      expect([startsIn(up.requests), abortsIn(up.requests)]).toEqual([1, Math.min(1, index)]);
    }
    declare(scenario, { replacementTrigger: "four", waitFor: "completed" });
    const going = scenario.beginStep("replacementTrigger four, and the CLI is killed while the run is waited for", [
      "up",
      "--yes",
      "--skip-preview",
    ]);
    await waitUntil("the start", async () => (await scenario.runs()).length === 4);
    await going.kill();
    await going.ended();
    await scenario.killAll();
    await scenario.leaveRequestsOut();
    await scenario.step("the lock of the killed command is lifted", ["cancel", "--yes"]);
    declare(scenario, { replacementTrigger: "four" });
    const again = await scenario.up("the same command again", { requests: "at once" });
    expect([startsIn(again.requests), abortsIn(again.requests)]).toEqual([0, 1]);
    await scenario.destroy();
    expect((await scenario.runs()).map(({ status }) => status)).toEqual(Array(4).fill("aborted"));
  },
);
