import { abortsIn, startsIn } from "../../harness/golden/counts";
import { testScenario } from "../../harness/register";
import type { Scenario } from "../../harness/scenario";
import type { StepResult } from "../../harness/step";

/** Aborts and starts. */
const did = ({ requests }: StepResult): [number, number] => [abortsIn(requests), startsIn(requests)];

async function statuses(scenario: Scenario): Promise<readonly string[]> {
  return (await scenario.runs()).map(({ status }) => status);
}

const editImage = (scenario: Scenario, image: string) =>
  scenario.edit("compose.yaml", (text) => text.replace(/image: \S+/, `image: ${image}`));

async function idOf(scenario: Scenario, run: number): Promise<string> {
  return (await scenario.runs())[run]?.executionId ?? "";
}

testScenario(
  "retainOnDelete in YAML, where the provider is not asked: a retained run goes on, and is named by whoever starts another one",
  { folder: __dirname, hosts: ["plugin"] },
  async (scenario) => {
    const program = scenario.work.read("Pulumi.yaml");
    await scenario.up("a run");
    scenario.work.write("Pulumi.yaml", `${program.slice(0, program.indexOf("resources:"))}resources: {}\n`);
    expect(did(await scenario.up("it is taken out of the program, and retained"))).toEqual([0, 0]);

    scenario.work.write("Pulumi.yaml", program);
    editImage(scenario, "busybox:2");
    const added = await scenario.up("it is added again with another text");
    expect(did(added)).toEqual([0, 1]);
    expect(added.output).toContain(`npx pulumi-lyceum abort ${await idOf(scenario, 0)}`);

    for (const [run, image] of [
      [1, "busybox:3"],
      [2, "busybox:4"],
    ] as const) {
      editImage(scenario, image);
      const changed = await scenario.up("the text changes, and the run before is retained");
      expect(did(changed)).toEqual([0, 1]);
      // What the same command has let go is not reported: it is in the record in hand.
      expect(changed.output).not.toContain(`npx pulumi-lyceum abort ${await idOf(scenario, run)}`);
      if (run === 2) expect(changed.output).toContain(`npx pulumi-lyceum abort ${await idOf(scenario, 1)}`);
    }
    expect(await statuses(scenario)).toEqual(["running", "running", "running", "running"]);
    const destroyed = await scenario.destroy("destroy retains the last one, too");
    expect(did(destroyed)).toEqual([0, 0]);
    for (const run of [0, 1, 2, 3])
      await scenario.step("a person ends it", ["abort", await idOf(scenario, run)], { program: "npx pulumi-lyceum" });
    expect(await statuses(scenario)).toEqual(["aborted", "aborted", "aborted", "aborted"]);
  },
);
