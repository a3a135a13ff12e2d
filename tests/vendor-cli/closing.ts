import { join } from "node:path";
import { belongings } from "../harness/emulator/docker";
import { describeSightings, scan } from "../harness/golden/canaries";
import { compareGolden } from "../harness/golden/golden";
import type { CliScenario } from "./scenario";

/**
 * What has to be true at the end of every scenario: it is the golden one, the contract held, nothing leaked, nothing is
 * left.
 */
export async function close(scenario: CliScenario): Promise<void> {
  const { folder, variant, engine } = scenario.options;
  const runs = await scenario.runs();
  const narrative = [...scenario.lines, "", "# the runs there ever were", ...scenario.ledger(runs)].join("\n");
  compareGolden(join(folder, "golden", `${variant}-${engine}.txt`), `${narrative.trim()}\n`);
  expect(await scenario.control.breaches()).toEqual([]);
  const outputOf = scenario.outputs.map((text) => ({ where: "what the CLI printed", text }));
  const key = { name: "api_key", value: scenario.emulator.apiKey };
  expect(describeSightings(scan(outputOf, [key]))).toBe("");
  if (engine === "docker") expect(runs.flatMap(({ executionId }) => belongings(executionId))).toEqual([]);
  await scenario.emulator.stop();
}
