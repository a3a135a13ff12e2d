import { abortsIn, startsIn, writesIn } from "../../harness/golden/counts";
import { ONE_HOST, testScenario } from "../../harness/register";
import type { Scenario } from "../../harness/scenario";
import type { StepResult } from "../../harness/step";
import { urnOf } from "../../harness/urn";

/** Checks a replacement for any reason: it sends one abort, then one start, and the id is a new one. */
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
  { folder: __dirname, variant: "create-first" },
  async (scenario) => {
    scenario.work.write("settings.json", JSON.stringify({ options: { deleteBeforeReplace: false } }));
    const refused = await scenario.up("deleteBeforeReplace: false", { fails: true });
    expect(refused.output).toContain("LYC4002");
    expect(refused.requests).toEqual([]);
  },
);

testScenario(
  "a start that is refused after the abort names the aborted run, which the state shows as aborted",
  { folder: __dirname, variant: "refused", hosts: ONE_HOST },
  async (scenario) => {
    const declare = (options: object) => scenario.work.write("settings.json", JSON.stringify({ options }));
    declare({ replacementTrigger: "one" });
    await scenario.up("a run");
    const { executionId } = await scenario.pulumi.outputs();
    await scenario.control.fault({ operation: "startComposeExecution", fault: { kind: "status", status: 402 } });
    declare({ replacementTrigger: "two" });
    const refused = await scenario.up("the replacement is refused", { fails: true });
    expect([abortsIn(refused.requests), startsIn(refused.requests)]).toEqual([1, 1]);
    expect(refused.output).toContain(`Run ${executionId} was aborted before, for the new run.`);
    expect(await scenario.resource("worker")).toMatchObject({ id: executionId, outputs: { status: "aborted" } });

    const next = await scenario.up("the next up starts it");
    expect([abortsIn(next.requests), startsIn(next.requests)]).toEqual([0, 1]);
    await scenario.up("an up changes nothing", {}, "--expect-no-changes");
    await scenario.destroy();
    expect((await scenario.runs()).map(({ status }) => status)).toEqual(["aborted", "aborted"]);
  },
);

testScenario(
  "a change to a machine that the account does not have aborts nothing",
  { folder: __dirname, variant: "machine", hosts: ONE_HOST },
  async (scenario) => {
    const declare = (executionType: string) =>
      scenario.work.write("settings.json", JSON.stringify({ args: { executionType } }));
    declare("cpu");
    await scenario.up("a run");
    declare("gpu.none");
    const refused = await scenario.up("a machine that is not listed", { fails: true });
    expect(writesIn(refused.requests)).toEqual([]);
    expect(refused.output).toContain("LYC3023");
    expect((await scenario.runs()).map(({ status }) => status)).toEqual(["running"]);

    declare("gpu.a100");
    const machines = ["listMachineTypes", "getAvailableHardware"];
    const changed = await scenario.up("a machine that is listed");
    expect([abortsIn(changed.requests), startsIn(changed.requests)]).toEqual([1, 1]);
    expect(changed.requests.filter(({ operation }) => machines.includes(operation ?? ""))).toHaveLength(2);

    for (const operation of machines)
      await scenario.control.fault({ operation, fault: { kind: "status", status: 403 } });
    declare("gpu.l40s");
    const unlisted = await scenario.up("no list can be read");
    expect([abortsIn(unlisted.requests), startsIn(unlisted.requests)]).toEqual([1, 1]);
    await scenario.destroy();
    expect((await scenario.runs()).map(({ status }) => status)).toEqual(["aborted", "aborted", "aborted"]);
  },
);
