import { join } from "node:path";
import { describeSightings, scan } from "../harness/golden/canaries";
import { compareGolden } from "../harness/golden/golden";
import type { CliScenario } from "./scenario";

/**
 * What has to be true at the end of every scenario: it is the golden one, the contract held, nothing leaked, nothing is
 * left.
 */
export async function close(scenario: CliScenario): Promise<void> {
  const { folder, variant } = scenario.options;
  const runs = await scenario.runs();
  const narrative = [...scenario.lines, "", "# the runs there ever were", ...scenario.ledger(runs)].join("\n");
  compareGolden(join(folder, "golden", `${variant}.txt`), `${narrative.trim()}\n`);
  expect(await scenario.control.breaches()).toEqual([]);
  const outputOf = scenario.outputs.map((text) => ({ where: "what the CLI printed", text }));
  const key = { name: "api_key", value: scenario.emulator.apiKey };
  expect(describeSightings(scan(outputOf, [key]))).toBe("");
  await scenario.emulator.stop();
}
