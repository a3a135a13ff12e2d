import { abortsIn, startsIn } from "../../harness/golden/counts";
import { type Declared, declare, MANY } from "../../harness/many";
import { testScenario } from "../../harness/register";
import type { Scenario } from "../../harness/scenario";
import type { StepResult } from "../../harness/step";

const job: Declared = { script: { start: 0, run: 600 } };
/** A run that is started again whenever the id of the job changes. */
const dependant: Declared = { ...job, triggeredBy: "job" };

/** The number of aborts and starts. */
const did = ({ requests }: StepResult): [number, number] => [abortsIn(requests), startsIn(requests)];

/** Loses the answer to the next start, and hides the names of all runs. */
async function loseAnswer(scenario: Scenario): Promise<void> {
  const operation = "startComposeExecution";
  await scenario.control.fault({ operation, fault: { kind: "reset", commit: "before" } });
  await scenario.control.fault({ operation: "*", fault: { kind: "reshape", set: { file_name: "a run" } } });
}

/** Runs the first `up`. Its start gets no clear answer, so the command stops, and the state records the start. */
async function startWithoutAnswer(scenario: Scenario): Promise<void> {
  await loseAnswer(scenario);
  const first = await scenario.up("the answer of the start is lost, and names are hidden", { fails: true });
  expect(did(first)).toEqual([0, 1]);
  expect(first.output).toContain("LYC3004");
  expect((await scenario.resource("job")).id).toMatch(/^unclear-start-[a-z0-9]{28}$/);
}

testScenario(
  "a start without a clear answer is recorded: no second start is sent, and its run is found when names are shown again",
  { folder: __dirname, variant: "found", waits: true, ...MANY },
  async (scenario) => {
    declare(scenario, { job, dependant });
    await startWithoutAnswer(scenario);
    const again = await scenario.up("the next up refuses again", { fails: true });
    expect(did(again)).toEqual([0, 0]);
    declare(scenario, { job: { ...job, whenUnverified: "fail" }, dependant });
    const strict = await scenario.up("an up with whenUnverified: fail stops, too", { fails: true });
    expect(did(strict)).toEqual([0, 0]);
    for (const { output } of [again, strict]) expect(output).toContain("LYC3004");
    await scenario.preview("a preview of such a row, and of a resource that needs its id");

    await scenario.control.clearFaults();
    declare(scenario, { job, dependant });
    const found = await scenario.up("names are right again: its run is found, and the other resource gets its id");
    expect(did(found)).toEqual([0, 1]);
    const [run] = await scenario.runs();
    const row = await scenario.resource("job");
    expect(row.outputs).toMatchObject({ executionId: run?.executionId, status: "running" });
    await scenario.up("nothing is left to do", {}, "--expect-no-changes");
    scenario.print(`\n(Pulumi's id of the row is ${row.id} before a refresh.)`);
    await scenario.refresh("a refresh makes the run's id that of the resource");
    expect(await scenario.resource("job")).toMatchObject({ id: run?.executionId });
    // Pulumi's output contains ids that differ each time.
    expect(await scenario.pulumi.quietly(["stack", "--show-ids"])).toContain(`ID: ${run?.executionId}`);
    await scenario.up("an up changes nothing", {}, "--expect-no-changes");
    expect(did(await scenario.destroy("destroy ends both runs", { requests: "at once" }))).toEqual([2, 0]);
    expect((await scenario.runs()).map(({ status }) => status)).toEqual(["aborted", "aborted"]);
  },
);

testScenario(
  "a refresh finds the run of such a start, too, and destroy ends it",
  { folder: __dirname, variant: "refreshed", waits: true, ...MANY },
  async (scenario) => {
    declare(scenario, { job });
    await startWithoutAnswer(scenario);
    await scenario.refresh("a refresh that sees no name changes nothing");
    expect((await scenario.resource("job")).id).toMatch(/^unclear-start-/);
    await scenario.control.clearFaults();
    await scenario.refresh("names are right again: a refresh finds the run");
    const [run] = await scenario.runs();
    expect(await scenario.resource("job")).toMatchObject({
      id: run?.executionId,
      outputs: { executionId: run?.executionId, status: "running" },
    });
    expect(did(await scenario.up("up has nothing to start"))).toEqual([0, 0]);
    expect(did(await scenario.destroy())).toEqual([1, 0]);
    expect((await scenario.runs()).map(({ status }) => status)).toEqual(["aborted"]);
  },
);

testScenario(
  "destroy aborts the run of such a start if it finds the run, and names the start key otherwise",
  { folder: __dirname, variant: "destroyed", waits: true, ...MANY },
  async (scenario) => {
    declare(scenario, { job });
    await startWithoutAnswer(scenario);
    const key = (await scenario.resource("job")).id?.replace("unclear-start-", "");
    const unseen = await scenario.destroy("destroy, while names are hidden, names the key and lets the row go");
    expect(did(unseen)).toEqual([0, 0]);
    expect(unseen.output).toContain(`The start with the key ${key} got no clear answer`);
    expect((await scenario.runs()).map(({ status }) => status)).toEqual(["running"]);
    await scenario.control.clearFaults();
    const id = (await scenario.runs())[0]?.executionId ?? "";
    await scenario.step("a person finds it", ["list"], { program: "npx pulumi-lyceum" });
    await scenario.step("a person aborts the run", ["abort", id], { program: "npx pulumi-lyceum" });

    await startWithoutAnswer(scenario);
    await scenario.control.clearFaults();
    expect(did(await scenario.destroy("destroy, when names are right, ends the run"))).toEqual([1, 0]);
    expect((await scenario.runs()).map(({ status }) => status)).toEqual(["aborted", "aborted"]);
  },
);

testScenario(
  "a person decides about such a start: triggers start another run, existingExecutionId names its run",
  { folder: __dirname, variant: "decided", waits: true, ...MANY },
  async (scenario) => {
    declare(scenario, { job });
    await startWithoutAnswer(scenario);
    declare(scenario, { job: { ...job, triggers: [1] } });
    const other = await scenario.up("triggers: another run is started, and the earlier run is named");
    expect(did(other)).toEqual([0, 1]);
    expect(other.output).toContain("got no clear answer");
    expect((await scenario.runs()).map(({ status }) => status)).toEqual(["running", "running"]);

    await scenario.control.clearFaults();
    await scenario.destroy("destroy ends the run that is recorded, and names the other one");
    expect((await scenario.runs()).map(({ status }) => status)).toEqual(["running", "aborted"]);
    const left = (await scenario.runs())[0]?.executionId ?? "";
    await scenario.step("a person ends it", ["abort", left], { program: "npx pulumi-lyceum" });

    declare(scenario, { job });
    await startWithoutAnswer(scenario);
    const existingExecutionId = (await scenario.runs())[2]?.executionId;
    declare(scenario, { job: { existingExecutionId, onDelete: "abort" } });
    const named = await scenario.up("existingExecutionId names the run: it is adopted, and not ended");
    expect(did(named)).toEqual([0, 0]);
    expect(await scenario.resource("job")).toMatchObject({ id: existingExecutionId });
    await scenario.control.clearFaults();
    expect(did(await scenario.destroy())).toEqual([1, 0]);
    expect((await scenario.runs()).map(({ status }) => status)).toEqual(["aborted", "aborted", "aborted"]);
  },
);
