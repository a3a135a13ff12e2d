import { abortsIn, startsIn } from "../../harness/counts";
import { testScenario } from "../../harness/register";
import type { Scenario } from "../../harness/scenario";
import type { StepResult } from "../../harness/step";
import { urnOf } from "../../harness/urn";

/** One abort, then one start, and another id: whatever asked for the replacement. */
async function isOneReplacement(scenario: Scenario, before: unknown, step: StepResult): Promise<unknown> {
  const { executionId } = await scenario.pulumi.outputs();
  expect([abortsIn(step.requests), startsIn(step.requests)]).toEqual([1, 1]);
  const writes = step.requests.filter(({ method }) => method === "POST").map(({ operation }) => operation);
  expect(writes).toEqual(["abortWorkload", "startComposeExecution"]);
  expect(executionId).not.toBe(before);
  return executionId;
}

testScenario(
  "a replacement that the user asks for aborts first and starts once",
  { folder: __dirname },
  async (scenario) => {
    scenario.work.write("settings.json", JSON.stringify({ options: { replacementTrigger: "one" } }));
    await scenario.up("a run");
    let { executionId } = await scenario.pulumi.outputs();

    executionId = await isOneReplacement(
      scenario,
      executionId,
      await scenario.up("up --replace", {}, "--replace", urnOf("worker")),
    );

    await scenario.step("state taint", ["state", "taint", "--yes", urnOf("worker")]);
    executionId = await isOneReplacement(scenario, executionId, await scenario.up("up replaces what is tainted"));

    scenario.work.write("settings.json", JSON.stringify({ options: { replacementTrigger: "two" } }));
    executionId = await isOneReplacement(scenario, executionId, await scenario.up("a changed replacementTrigger"));

    await scenario.destroy();
    expect((await scenario.runs()).map(({ status }) => status)).toEqual(["aborted", "aborted", "aborted", "aborted"]);
  },
);

testScenario(
  "a replacement that would create first is refused",
  { folder: __dirname, variant: "create-first", engines: ["simulated"] },
  async (scenario) => {
    scenario.work.write("settings.json", JSON.stringify({ options: { deleteBeforeReplace: false } }));
    const refused = await scenario.up("deleteBeforeReplace: false", { fails: true });
    expect(refused.output).toContain("LYC4002");
    expect(refused.requests).toEqual([]);
  },
);
