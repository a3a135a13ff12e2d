import { close } from "./closing";
import { obtainVendorCli } from "./obtain";
import { CliStory, type CliTelling } from "./scenario";

/** A story as the test file declares it. */
export interface CliDeclaration extends Omit<CliTelling, "engine" | "command"> {
  readonly engines: readonly CliTelling["engine"][];
}

const cli = obtainVendorCli();

/** Declares one jest test for each engine; what cannot be told on this machine is left out, and its name says why. */
export function tellCli(
  title: string,
  { engines, ...declaration }: CliDeclaration,
  act: (story: CliStory) => Promise<void>,
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
      const story = await CliStory.begin({ ...declaration, engine, command });
      try {
        await act(story);
        await close(story);
      } catch (error) {
        await story.abandon();
        throw error;
      }
      story.work.remove();
    }, 240_000);
  }
}

function whyLeftOut(engine: CliTelling["engine"]): string | undefined {
  return engine === "docker" && process.env.LYCEUM_TEST_DOCKER !== "1" ? "LYCEUM_TEST_DOCKER is not 1" : undefined;
}
