import { join } from "node:path";
import { describeSightings, scan } from "../harness/canaries";
import { belongings } from "../harness/docker";
import { compareGolden } from "../harness/golden";
import type { CliStory } from "./scenario";

/** What has to be true at the end of every story: it is the golden one, the contract held, nothing leaked, nothing is left. */
export async function close(story: CliStory): Promise<void> {
  const { folder, variant, engine } = story.telling;
  const runs = await story.runs();
  const narrative = [...story.lines, "", "# the runs there ever were", ...story.ledger(runs)].join("\n");
  compareGolden(join(folder, "golden", `${variant}-${engine}.txt`), `${narrative.trim()}\n`);
  expect(await story.control.breaches()).toEqual([]);
  const said = story.outputs.map((text) => ({ where: "what the CLI printed", text }));
  const key = { name: "api_key", value: story.emulator.apiKey };
  expect(describeSightings(scan(said, [key]))).toBe("");
  if (engine === "docker") expect(runs.flatMap(({ executionId }) => belongings(executionId))).toEqual([]);
  await story.emulator.stop();
}
