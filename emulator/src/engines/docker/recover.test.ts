import type { EngineEnd } from "../engine";
import { recoverRuns } from "./recover";
import type { RunNotes } from "./run-folder";
import { FakeDaemon, runningContainer } from "./testing/fake-daemon";

const notes = (executionId: string, up: boolean): RunNotes => ({
  executionId,
  project: `lyceum-${executionId}`,
  up,
  composePid: 7,
});

function entry(executionId: string, started: boolean, aborted = false) {
  const ends: EngineEnd[] = [];
  const run = { executionId, composeFileCode: "", timeoutSeconds: 60, gracefulTimeoutSeconds: 3 };
  const events = { status: () => {}, line: () => {}, ended: (end: EngineEnd) => void ends.push(end) };
  return { run, started, events, ends, aborted };
}

async function recover(
  entries: readonly ReturnType<typeof entry>[],
  all: readonly RunNotes[],
  containers: readonly string[],
) {
  const daemon = new FakeDaemon();
  daemon.containers = async (executionId = "") => (containers.includes(executionId) ? [runningContainer("a")] : []);
  daemon.executionIds = new Set([...containers, "unknown"]);
  const watched: string[] = [];
  const swept: string[] = [];
  const abandoned: string[] = [];
  await recoverRuns(
    entries,
    {
      daemon,
      folders: { allNotes: async () => all, remove: async () => {} },
      log: () => {},
      mark: "mark",
      endAbandoned: async ({ executionId }) => void abandoned.push(executionId),
    },
    {
      isLive: (executionId) => watched.includes(executionId),
      watchOn: ({ run }) => void watched.push(run.executionId),
      sweep: async ({ executionId, interrupted }) => void swept.push(`${executionId} ${interrupted}`),
    },
  );
  return { watched, swept: swept.sort(), abandoned };
}

test("a run that is whole is watched on; everything else is cleared away", async () => {
  const whole = entry("local-1", true);
  const half = entry("local-2", true);
  const vanished = entry("local-3", true);
  const unstarted = entry("local-4", false);
  const all = [notes("local-1", true), notes("local-2", false), notes("local-3", true), notes("local-4", false)];
  const { watched, swept, abandoned } = await recover([whole, half, vanished, unstarted], all, [
    "local-1",
    "local-2",
    "local-4",
  ]);
  expect(watched).toEqual(["local-1"]);
  expect(swept).toEqual(["local-2 true", "local-3 false", "local-4 true", "unknown true"]);
  expect(abandoned).toHaveLength(4);
  expect(whole.ends).toEqual([]);
  expect(unstarted.ends).toEqual([]);
  for (const lost of [half, vanished]) {
    expect(lost.ends).toEqual([expect.objectContaining({ status: "system_failure", returnCode: null })]);
  }
});

test("a run without notes is not adopted: nobody knows whether all of it was started", async () => {
  const bare = entry("local-1", true);
  const { watched, swept } = await recover([bare], [], ["local-1"]);
  expect(watched).toEqual([]);
  expect(swept).toContain("local-1 true");
  expect(bare.ends).toHaveLength(1);
});

test("a run that was being aborted is aborted, also when nothing is left of it", async () => {
  const gone = entry("local-1", true, true);
  await recover([gone], [notes("local-1", true)], []);
  expect(gone.ends).toEqual([{ status: "aborted", returnCode: null, errors: [], dockerErrors: [] }]);
});
