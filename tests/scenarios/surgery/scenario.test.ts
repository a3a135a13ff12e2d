import { abortsIn } from "../../harness/golden/counts";
import { testScenario } from "../../harness/register";
import type { Scenario } from "../../harness/scenario";
import { urnOf } from "../../harness/urn";
import { hostOfProject } from "../../harness/workspace";

async function statuses(scenario: Scenario): Promise<readonly string[]> {
  return (await scenario.runs()).map(({ status }) => status);
}

testScenario(
  "a run that was moved to another stack is not aborted by the destroy of the first",
  { folder: __dirname, variant: "moved" },
  async (scenario) => {
    await scenario.up("a run");
    const { executionId } = await scenario.pulumi.outputs();
    await scenario.step("another stack", ["stack", "init", "--stack", "m2"]);
    await scenario.step("the run moves", ["state", "move", "--source=dev", "--dest=m2", "--yes", urnOf("job")]);
    const destroyed = await scenario.destroy("destroy of the first stack");
    expect(abortsIn(destroyed.requests)).toBe(0);
    // The dynamic host notices the end of a stack, because the stack's scope is deleted. A plugin is not called at that
    // moment.
    if (hostOfProject() === "dynamic") expect(destroyed.output).toContain(`npx pulumi-lyceum abort ${executionId}`);
    expect(await statuses(scenario)).toEqual(["running"]);
    // The lines of the run have the URN of the first stack, so each progress line is separate.
    await scenario.destroy("destroy of the other stack", { totalsOnly: true }, "--stack", "m2");
    expect(await statuses(scenario)).toEqual(["aborted"]);
  },
);
