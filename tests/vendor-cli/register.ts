import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { describeSightings, scan } from "../harness/golden/canaries";
import { compareGolden } from "../harness/golden/golden";
import { testUnless } from "../harness/needs";
import { ROOT } from "../harness/root";
import { CliScenario, type CliScenarioOptions } from "./scenario";

/**
 * The command of the vendor's CLI, or why there is none. The function is synchronous, because the names of tests depend
 * on it.
 */
function obtainVendorCli(): { readonly command?: readonly string[]; readonly missing?: string } {
  const tool = join(ROOT, "tools", "test", "vendor-cli.mjs");
  const { status, stdout, stderr } = spawnSync(process.execPath, [tool], { encoding: "utf8", timeout: 400_000 });
  return status === 0 ? JSON.parse(stdout) : { missing: stderr.trim().split("\n").at(-1) ?? `${tool} said nothing` };
}

const cli = obtainVendorCli();

/** Declares the test of a scenario on the simulated engine. The emulator's own tests cover containers. */
export function testCliScenario(
  title: string,
  declaration: Omit<CliScenarioOptions, "command">,
  act: (scenario: CliScenario) => Promise<void>,
): void {
  const { missing, command = [] } = cli;
  const play = async () => {
    const scenario = await CliScenario.begin({ ...declaration, command });
    try {
      await act(scenario);
      await close(scenario);
    } catch (error) {
      await scenario.abandon();
      throw error;
    }
    scenario.work.remove();
  };
  testUnless(missing, title, play);
}

/** Checks the end of every scenario: golden file, contract, secrets, and remaining processes. */
async function close(scenario: CliScenario): Promise<void> {
  const { folder, variant } = scenario.options;
  const narrative = [...scenario.lines, "", "# the runs there ever were", ...scenario.ledger(await scenario.runs())];
  compareGolden(join(folder, "golden", `${variant}.txt`), `${narrative.join("\n").trim()}\n`);
  expect(await scenario.control.breaches()).toEqual([]);
  const outputs = scenario.outputs.map((text) => ({ where: "what the CLI printed", text }));
  const key = { name: "api_key", value: scenario.emulator.apiKey };
  expect(describeSightings(scan(outputs, [key]))).toBe("");
  await scenario.emulator.stop();
}
