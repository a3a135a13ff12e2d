import { describeSightings, type Place, type Sighting, scan } from "./canaries";
import { belongings } from "./docker";
import { descendantsOf, listProcesses, type ProcessInfo } from "./processes";
import type { Story } from "./scenario";
import { waitUntil } from "./wait";
import { textsBelow } from "./workspace";

/**
 * What has to be true at the end of every story: the narrative is the golden one, no request or answer broke the
 * contract, no secret turned up anywhere, and nothing of ours is left on the machine.
 */
export async function close(story: Story): Promise<void> {
  const faults: string[] = [];
  const check = async (act: () => Promise<void>): Promise<void> => {
    await act().catch((error: unknown) => {
      faults.push(error instanceof Error ? error.message : String(error));
    });
  };
  await check(() => story.compare());
  await check(() => noBreaches(story));
  await check(() => noCanaries(story));
  await check(() => story.commandProcessesGone(15));
  await check(() => nothingLeft(story));
  if (faults.length > 0) throw new Error(faults.join("\n\n"));
}

async function noBreaches(story: Story): Promise<void> {
  const breaches = await story.control.breaches();
  if (breaches.length > 0) throw new Error(`The contract was broken:\n${JSON.stringify(breaches, null, 2)}`);
}

async function noCanaries(story: Story): Promise<void> {
  for (const { executionId } of await story.runs()) {
    // Whoever has this address can read the run's output.
    story.plant("streaming_url", `/api/v1/stream/${executionId}`);
  }
  const sightings = await findSecrets(story);
  if (sightings.length > 0) throw new Error(`Secrets turned up:\n${describeSightings(sightings)}`);
}

/** Where the story's planted secrets turned up so far. */
export async function findSecrets(story: Story): Promise<readonly Sighting[]> {
  return scan(await places(story), story.canaries);
}

/** Everything that somebody other than the program's user may come to see. */
export async function places(story: Story): Promise<readonly Place[]> {
  const { work, emulator } = story;
  const named = (folder: string, name: string): readonly Place[] =>
    textsBelow(folder).map(({ path, text }) => ({ where: `${name}/${path}`, text }));
  return [
    ...story.said,
    { where: "the emulator's output", text: withoutReadyLine(emulator.log()) },
    { where: "stack export", text: JSON.stringify(await story.state()) },
    ...named(work.state, "the state's files"),
    ...named(work.pulumiHome, "PULUMI_HOME"),
    ...named(work.home, "HOME"),
    ...named(work.temporary, "TMPDIR"),
    ...story.watcher.places(),
  ];
}

/** The line that hands the key over is there for that. */
function withoutReadyLine(log: string): string {
  return log
    .split("\n")
    .filter((line) => !line.startsWith('{"'))
    .join("\n");
}

async function nothingLeft(story: Story): Promise<void> {
  const runs = await story.runs();
  if (story.engine === "docker") {
    const left = runs.flatMap(({ executionId }) => belongings(executionId));
    if (left.length > 0) throw new Error(`The daemon still holds:\n${left.join("\n")}`);
  }
  const helpers = descendantsOf(story.emulator.pid);
  story.watcher.stop();
  await story.emulator.stop();
  await waitUntil("the emulator's processes to end", 10, () => alive(helpers).length === 0).catch(() => {
    throw new Error(
      `Left by the emulator:\n${alive(helpers)
        .map(({ pid, command }) => `${pid} ${command}`)
        .join("\n")}`,
    );
  });
  const left = story.emulatorProcesses();
  if (left.length > 0) throw new Error(`Left by the emulator:\n${left.map(({ command }) => command).join("\n")}`);
}

function alive(processes: readonly ProcessInfo[]): readonly ProcessInfo[] {
  const now = new Set(listProcesses().map(({ pid, started }) => `${pid} ${started}`));
  return processes.filter(({ pid, started }) => now.has(`${pid} ${started}`));
}
