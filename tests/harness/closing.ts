import { belongings } from "./emulator/docker";
import { describeSightings, type InspectedText, type Sighting, scan } from "./golden/canaries";
import { descendantsOf, listProcesses, type ProcessInfo } from "./processes/processes";
import type { Scenario } from "./scenario";
import { waitUntil } from "./wait";
import { textsBelow } from "./workspace";

/**
 * Checks a scenario at its end. The narrative must be equal to the golden file, all requests and answers must follow
 * the contract, no text may contain a secret, and no process or container of the scenario may remain.
 */
export async function close(scenario: Scenario): Promise<void> {
  const errors: string[] = [];
  const check = async (act: () => Promise<void>): Promise<void> => {
    await act().catch((error: unknown) => {
      errors.push(error instanceof Error ? error.message : String(error));
    });
  };
  await check(() => scenario.compare());
  await check(() => noBreaches(scenario));
  await check(() => noCanaries(scenario));
  await check(() => scenario.untilGone());
  await check(() => nothingLeft(scenario));
  if (errors.length > 0) throw new Error(errors.join("\n\n"));
}

async function noBreaches(scenario: Scenario): Promise<void> {
  const breaches = await scenario.control.breaches();
  if (breaches.length > 0) throw new Error(`The contract was broken:\n${JSON.stringify(breaches, null, 2)}`);
}

async function noCanaries(scenario: Scenario): Promise<void> {
  for (const { executionId } of await scenario.runs()) {
    // Any person who has this URL can read the output of the run, so the URL is a secret.
    scenario.plant("streaming_url", `/api/v1/stream/${executionId}`);
  }
  const sightings = await findSecrets(scenario);
  if (sightings.length > 0) throw new Error(`Secrets turned up:\n${describeSightings(sightings)}`);
}

/** Searches all texts so far for the secrets that the scenario has set. Returns the texts that contain one. */
export async function findSecrets(scenario: Scenario): Promise<readonly Sighting[]> {
  return scan(await inspectedTexts(scenario), scenario.canaries);
}

/** Returns every text that people other than the program's user may read. */
export async function inspectedTexts(scenario: Scenario): Promise<readonly InspectedText[]> {
  const { work, emulator } = scenario;
  const named = (folder: string, name: string): readonly InspectedText[] =>
    textsBelow(folder).map(({ path, text }) => ({ where: `${name}/${path}`, text }));
  return [
    ...scenario.output,
    { where: "the emulator's output", text: withoutReadyLine(emulator.log()) },
    { where: "stack export", text: JSON.stringify(await scenario.state()) },
    ...named(work.state, "the state's files"),
    ...named(work.pulumiHome, "PULUMI_HOME"),
    ...named(work.home, "HOME"),
    ...named(work.temporary, "TMPDIR"),
    ...scenario.watcher.inspectedTexts(),
  ];
}

/** Removes the line in which the emulator prints its API key on purpose. */
export function withoutReadyLine(log: string): string {
  return log
    .split("\n")
    .filter((line) => !line.startsWith('{"'))
    .join("\n");
}

async function nothingLeft(scenario: Scenario): Promise<void> {
  const runs = await scenario.runs();
  if (scenario.engine === "docker") {
    const left = runs.flatMap(({ executionId }) => belongings(executionId));
    if (left.length > 0) throw new Error(`The daemon still holds:\n${left.join("\n")}`);
  }
  const helpers = descendantsOf(scenario.emulator.pid);
  scenario.watcher.stop();
  await scenario.emulator.stop();
  await waitUntil("the emulator's processes to end", () => alive(helpers).length === 0).catch(() => {
    throw new Error(
      `Left by the emulator:\n${alive(helpers)
        .map(({ pid, command }) => `${pid} ${command}`)
        .join("\n")}`,
    );
  });
  const left = scenario.emulatorProcesses();
  if (left.length > 0) throw new Error(`Left by the emulator:\n${left.map(({ command }) => command).join("\n")}`);
}

function alive(processes: readonly ProcessInfo[]): readonly ProcessInfo[] {
  const now = new Set(listProcesses().map(({ pid, started }) => `${pid} ${started}`));
  return processes.filter(({ pid, started }) => now.has(`${pid} ${started}`));
}
