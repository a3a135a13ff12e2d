import { ONE_HOST, testScenario } from "../../harness/register";
import type { Scenario } from "../../harness/scenario";
import { urnOf } from "../../harness/urn";

/** How many times each of the two was started. */
async function starts(scenario: Scenario): Promise<readonly [prepare: number, train: number]> {
  const names = (await scenario.runs()).map(({ fileName }) => fileName ?? "");
  const of = (name: string): number => names.filter((one) => one.endsWith(`-${name}`)).length;
  return [of("prepare"), of("train")];
}

const again = (scenario: Scenario) => scenario.up("prepare runs again", {}, "--replace", urnOf("prepare"));

testScenario(
  "the replacement of an upstream resource starts a new run of each resource that depends on its outputs, even if they stay the same",
  { folder: __dirname, variant: "output", hosts: ONE_HOST },
  async (scenario) => {
    await scenario.up("a run each");
    const up = await again(scenario);
    expect(up.output).toContain("starts a new run in place of");
    expect(up.output).not.toContain("may start");
    expect(await starts(scenario)).toEqual([2, 2]);
    await scenario.destroy();
  },
);

testScenario(
  "with a known trigger or dependsOn, a new run starts only if the inputs of the upstream resource have changed",
  { folder: __dirname, hosts: ONE_HOST },
  async (scenario) => {
    await scenario.up("a run each");
    await again(scenario);
    expect(await starts(scenario)).toEqual([2, 1]);
    scenario.edit("prepare.yaml", (text) => text.replace('"true"', '"true", "really"'));
    await scenario.up("prepare is another one now");
    expect(await starts(scenario)).toEqual([3, 2]);
    await scenario.destroy();
  },
);
