import { join } from "node:path";
import { abortsIn, startsIn } from "../../harness/golden/counts";
import { type Declared, declare, MANY } from "../../harness/many";
import { testScenario } from "../../harness/register";
import type { StepResult } from "../../harness/step";

const job: Declared = { script: { start: 0, run: 600 } };
const another: Declared = { ...job, image: "busybox:2" };

/** The number of aborts and starts. */
const did = ({ requests }: StepResult): [number, number] => [abortsIn(requests), startsIn(requests)];

testScenario(
  "a restored checkpoint: the newer run continues, is named, and is adopted if the program still declares it",
  { folder: __dirname, ...MANY },
  async (scenario) => {
    declare(scenario, { job });
    await scenario.up("a run");
    const file = join(scenario.work.base, "checkpoint.json");
    scenario.names.fix(file, "<checkpoint>");
    await scenario.step("a checkpoint is saved", ["stack", "export", "--file", file]);
    declare(scenario, { job: another });
    expect(did(await scenario.up("another run takes its place"))).toEqual([1, 1]);
    const id = (await scenario.runs())[1]?.executionId;

    await scenario.step("the checkpoint is restored", ["stack", "import", "--file", file]);
    declare(scenario, { job });
    const old = await scenario.up("up of the program of that time names the newer run, and ends none");
    expect(did(old)).toEqual([0, 0]);
    expect(old.output).toMatch(new RegExp(`Run ${id} \\(running, label "job", created \\d+ s ago, machine cpu\\)`));
    expect(old.output).toContain(`npx pulumi-lyceum abort ${id}`);

    await scenario.step("the checkpoint is restored once more", ["stack", "import", "--file", file]);
    declare(scenario, { job: another });
    const now = await scenario.up("up of the newer program adopts the newer run");
    // The restored record contains the run that has ended since. The provider reads it once more.
    expect(startsIn(now.requests)).toBe(0);
    expect((await scenario.runs()).map(({ status }) => status)).toEqual(["aborted", "running"]);
    expect(await scenario.resource("job")).toMatchObject({ id, outputs: { attempt: 2 } });
    await scenario.up("nothing is left to do", {}, "--expect-no-changes");
    await scenario.destroy();
    expect((await scenario.runs()).map(({ status }) => status)).toEqual(["aborted", "aborted"]);
  },
);
