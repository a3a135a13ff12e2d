import { cpSync } from "node:fs";
import { join } from "node:path";
import { abortsIn, startsIn } from "../../harness/golden/counts";
import { type Declared, declare, MANY } from "../../harness/many";
import { ONE_HOST, testScenario } from "../../harness/register";
import type { Scenario } from "../../harness/scenario";
import type { StepResult } from "../../harness/step";
import { urnOf } from "../../harness/urn";

const endless: Declared = { script: { start: 0, run: 600 } };
/** The arguments of the job with another text. */
const job = (version: number): Declared => ({ ...endless, image: `busybox:${version}` });

/** The number of aborts and starts. */
const did = ({ requests }: StepResult): [number, number] => [abortsIn(requests), startsIn(requests)];

async function statuses(scenario: Scenario): Promise<readonly string[]> {
  return (await scenario.runs()).map(({ status }) => status);
}

/**
 * Checks the line that names a run which is not in the state of this stack. A person must be able to identify the run
 * by it.
 */
function reports(step: StepResult, id: string | undefined): void {
  expect(step.output).toMatch(new RegExp(`Run ${id} \\(running, label "job", created \\d+ s ago, machine cpu\\)`));
  expect(step.output).toContain(`npx pulumi-lyceum abort ${id}`);
}

async function idOf(scenario: Scenario, run: number): Promise<string | undefined> {
  return (await scenario.runs())[run]?.executionId;
}

async function move(scenario: Scenario): Promise<void> {
  await scenario.step("another stack", ["stack", "init", "--stack", "m2"]);
  await scenario.step("the run moves there", ["state", "move", "--source=dev", "--dest=m2", "--yes", urnOf("job")]);
}

testScenario(
  "a run that was moved to another stack continues when the first stack starts a run with another text",
  { folder: __dirname, variant: "moved", ...MANY },
  async (scenario) => {
    declare(scenario, { job: job(1) });
    await scenario.up("a run");
    await move(scenario);
    declare(scenario, { job: job(2) });
    const up = await scenario.up("up of the first stack with another text starts its own, and names the other");
    expect(did(up)).toEqual([0, 1]);
    reports(up, await idOf(scenario, 0));
    const destroyed = await scenario.destroy("destroy of the first stack ends its own run alone");
    expect(did(destroyed)).toEqual([1, 0]);
    expect(await statuses(scenario)).toEqual(["running", "aborted"]);
    // The lines of the run have the URN of the first stack, so each progress line is separate.
    await scenario.destroy("destroy of the other stack", { totalsOnly: true }, "--stack", "m2");
    expect(await statuses(scenario)).toEqual(["aborted", "aborted"]);
  },
);

testScenario(
  "with the same text, the first stack adopts the run and warns, because the run looks like that of a killed command",
  { folder: __dirname, variant: "adopted", hosts: ONE_HOST, ...MANY },
  async (scenario) => {
    declare(scenario, { job: job(1) });
    await scenario.up("a run");
    await move(scenario);
    const up = await scenario.up("up of the first stack with the same text");
    expect(did(up)).toEqual([0, 0]);
    expect(up.output).toContain("If another resource, stack or copy of the state has this run too");
    declare(scenario, { job: { ...job(1), onDelete: "leave" } });
    await scenario.up("the way out that the notice names");
    expect(did(await scenario.destroy("destroy of the first stack leaves the run to the other one"))).toEqual([0, 0]);
    expect(await statuses(scenario)).toEqual(["running"]);
    const over = await scenario.destroy("destroy of the other stack ends it", { totalsOnly: true }, "--stack", "m2");
    expect(did(over)).toEqual([1, 0]);
  },
);

testScenario(
  "a run that was deleted from the state continues until a person aborts it",
  { folder: __dirname, variant: "deleted", hosts: ONE_HOST, ...MANY },
  async (scenario) => {
    declare(scenario, { job: job(1) });
    await scenario.up("a run");
    await scenario.step("the row is deleted from the state", ["state", "delete", "--yes", urnOf("job")]);
    declare(scenario, { job: job(2) });
    const up = await scenario.up("up with another text starts one, and names the other");
    expect(did(up)).toEqual([0, 1]);
    const id = (await idOf(scenario, 0)) ?? "";
    reports(up, id);
    await scenario.up("the warning appears once: the next up changes nothing", {}, "--expect-no-changes");
    await scenario.step("a person ends it", ["abort", id], { program: "npx pulumi-lyceum" });
    expect(await statuses(scenario)).toEqual(["aborted", "running"]);
    await scenario.destroy();
  },
);

testScenario(
  "a copied state backend: neither copy aborts the runs of the other one",
  { folder: __dirname, variant: "copied", hosts: ONE_HOST, ...MANY },
  async (scenario) => {
    declare(scenario, { job: job(1) });
    await scenario.up("a run");
    const backend = join(scenario.work.base, "second-state");
    cpSync(scenario.work.state, backend, { recursive: true });
    const copy = { env: { PULUMI_BACKEND_URL: `file://${backend}` } };

    declare(scenario, { job: job(2) });
    expect(did(await scenario.up("the original replaces its run"))).toEqual([1, 1]);
    declare(scenario, { job: job(3) });
    const third = await scenario.up("the copy starts one with a third text, and names the original's", copy);
    // The record contains the run that has ended in the meantime.
    expect(startsIn(third.requests)).toBe(1);
    reports(third, await idOf(scenario, 1));
    expect(await statuses(scenario)).toEqual(["aborted", "running", "running"]);

    declare(scenario, { job: job(2) });
    const back = await scenario.up("the original has nothing to do, and names the copy's", {}, "--expect-no-changes");
    expect(did(back)).toEqual([0, 0]);
    reports(back, await idOf(scenario, 2));
    expect(did(await scenario.destroy("destroy of the copy ends its own run alone", copy))).toEqual([1, 0]);
    expect(await statuses(scenario)).toEqual(["aborted", "running", "aborted"]);
    await scenario.destroy("destroy of the original");
    expect(await statuses(scenario)).toEqual(["aborted", "aborted", "aborted"]);
  },
);
