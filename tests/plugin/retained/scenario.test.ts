import { abortsIn, startsIn } from "../../harness/golden/counts";
import { testScenario } from "../../harness/register";
import type { Scenario } from "../../harness/scenario";
import type { StepResult } from "../../harness/step";

/** The number of aborts and starts. */
const did = ({ requests }: StepResult): [number, number] => [abortsIn(requests), startsIn(requests)];

/** The runs of `job`, oldest first. */
const runsOfJob = async (scenario: Scenario) =>
  (await scenario.runs()).filter(({ fileName }) => fileName?.endsWith("-job"));

const abortOf = async (scenario: Scenario, run: number): Promise<string> =>
  `pulumi-lyceum abort ${(await runsOfJob(scenario))[run]?.executionId}`;

const editImage = (scenario: Scenario, image: string) =>
  scenario.edit("compose.yaml", (text) => text.replace(/image: \S+/, `image: ${image}`));

testScenario(
  "retainOnDelete in YAML, where the provider is not asked: a retained run goes on, and is named by whoever starts another one",
  { folder: __dirname, hosts: ["plugin"], namedByLabel: true },
  async (scenario) => {
    const program = scenario.work.read("Pulumi.yaml");
    await scenario.up("a run", { requests: "at once" });
    scenario.edit("Pulumi.yaml", (text) => text.replace(/^ {2}job:(\n {4}.*)+\n/m, ""));
    expect(did(await scenario.up("it is taken out of the program, and retained"))).toEqual([0, 0]);

    scenario.work.write("Pulumi.yaml", program);
    editImage(scenario, "busybox:2");
    const added = await scenario.up("it is added again with another text");
    expect(did(added)).toEqual([0, 1]);
    expect(added.output).toContain(await abortOf(scenario, 0));

    editImage(scenario, "busybox:3");
    const changed = await scenario.up("the text changes, and the run before is retained");
    expect(did(changed)).toEqual([0, 1]);
    editImage(scenario, "busybox:4");
    const again = await scenario.up("and once more");
    expect(did(again)).toEqual([0, 1]);
    expect(again.output).toContain(await abortOf(scenario, 1));
    expect((await runsOfJob(scenario)).map(({ status }) => status)).toEqual(Array(4).fill("running"));

    expect(did(await scenario.destroy("destroy retains the last one, too"))).toEqual([0, 0]);
    for (const run of [0, 1, 2, 3])
      await scenario.step("a person ends it", (await abortOf(scenario, run)).split(" ").slice(1), {
        program: "npx pulumi-lyceum",
      });
    expect((await runsOfJob(scenario)).map(({ status }) => status)).toEqual(Array(4).fill("aborted"));
  },
);
