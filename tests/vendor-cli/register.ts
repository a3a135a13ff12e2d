import { close } from "./closing";
import { obtainVendorCli } from "./obtain";
import { CliScenario, type CliScenarioOptions } from "./scenario";

/** A scenario as the test file declares it. */
export interface CliDeclaration extends Omit<CliScenarioOptions, "engine" | "command"> {
  readonly engines: readonly CliScenarioOptions["engine"][];
}

const cli = obtainVendorCli();

/**
 * Declares one jest test for each engine; what cannot run on this machine is left out, and its name says why.
 */
export function testCliScenario(
  title: string,
  { engines, ...declaration }: CliDeclaration,
  act: (scenario: CliScenario) => Promise<void>,
): void {
  for (const engine of engines) {
    const missing = whyLeftOut(engine);
    if (cli.kind === "missing" || missing !== undefined) {
      const reason = cli.kind === "missing" ? cli.reason : missing;
      test.skip(`${title} (${engine}; left out: ${reason})`, () => undefined);
      continue;
    }
    const { command } = cli;
    test(`${title} (${engine})`, async () => {
      const scenario = await CliScenario.begin({ ...declaration, engine, command });
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
}

function whyLeftOut(engine: CliScenarioOptions["engine"]): string | undefined {
  return engine === "docker" && process.env.LYCEUM_TEST_DOCKER !== "1" ? "LYCEUM_TEST_DOCKER is not 1" : undefined;
}
