import { close } from "./closing";
import { obtainVendorCli } from "./obtain";
import { CliScenario, type CliScenarioOptions } from "./scenario";

const cli = obtainVendorCli();

/** Declares the test of a scenario, on the simulated engine: what containers do is the emulator's affair. */
export function testCliScenario(
  title: string,
  declaration: Omit<CliScenarioOptions, "command">,
  act: (scenario: CliScenario) => Promise<void>,
): void {
  if (cli.kind === "missing") {
    test.skip(`${title} (left out: ${cli.reason})`, () => undefined);
    return;
  }
  const { command } = cli;
  test(title, async () => {
    const scenario = await CliScenario.begin({ ...declaration, command });
    try {
      await act(scenario);
      await close(scenario);
    } catch (error) {
      await scenario.abandon();
      throw error;
    }
    scenario.work.remove();
  }, 240_000);
}
