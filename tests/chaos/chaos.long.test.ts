import { cellNamed } from "./cells";
import { longRun } from "./desired";
import { PLANTED_BUGS, type PlantedBug } from "./planted-bugs";
import { Random } from "./random";
import type { RunReport } from "./report";
import { playPlan, playRun } from "./run";
import { type ChaosWorkspace, type Host, makeWorkspace } from "./workspace";

/** What everything random in the tests is drawn from: a failure is repeated with `npm run chaos -- --seed ci --only N`. */
const SEED = "ci";
/** With one seed a run is the same each time: these show that the test itself works, `npm run chaos` plays 40. */
const RUNS = 2;
/** As many as the machine of a test has cores for. */
const AT_ONCE = 2;

jest.setTimeout(600_000);

async function play(workspace: ChaosWorkspace, runs: readonly number[]): Promise<readonly RunReport[]> {
  const queue = [...runs];
  const reports: RunReport[] = [];
  const work = async (): Promise<void> => {
    for (let run = queue.shift(); run !== undefined; run = queue.shift())
      reports.push(await playRun(workspace, SEED, run));
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return reports;
}

async function inWorkspace<T>(
  host: Host,
  bug: PlantedBug | undefined,
  work: (workspace: ChaosWorkspace) => Promise<T>,
): Promise<T> {
  const workspace = await makeWorkspace(`test-${process.pid}`, host, bug);
  try {
    return await work(workspace);
  } finally {
    workspace.remove();
  }
}

test.each(["dynamic", "plugin"] as const)("a few random programs of the %s host end as they should", async (host) => {
  const reports = await inWorkspace(host, undefined, (workspace) =>
    play(
      workspace,
      Array.from({ length: RUNS }, (_, index) => index),
    ),
  );
  expect(
    reports.flatMap(({ violations, scenario }) => (violations.length === 0 ? [] : [...violations, ...scenario])),
  ).toEqual([]);
  expect(reports.flatMap(({ fired }) => fired).length).toBeGreaterThanOrEqual(2 * RUNS);
});

test("a package that starts without a lookup is found out", async () => {
  // Aimed, so that no other fault comes before it: a start that is refused is one that no lookup was needed for.
  const report = await inWorkspace("dynamic", PLANTED_BUGS["no-lookup"], (workspace) =>
    playRun(workspace, SEED, 0, cellNamed("SIGKILL to CLI × POST, after commit")),
  );
  expect(report.aim).toBeDefined();
  expect(report.violations.join("\n")).toMatch(/was started twice|goes on and nobody knows of it/);
});

test("a package that trusts an abort is found out", async () => {
  // It goes on for longer than a destroy that does not wait takes on a busy machine.
  const run = { ...longRun("r0", new Random(SEED)), waitFor: "running", stopTakes: 25 } as const;
  const quiet = { faults: [], faultsOfRecovery: [] };
  const report = await inWorkspace("dynamic", PLANTED_BUGS["trusted-abort"], (workspace) =>
    playPlan(workspace, SEED, 0, {
      stages: [
        { title: "up", command: "up", desiredRuns: [run], ...quiet },
        { title: "destroy", command: "destroy", desiredRuns: [], ...quiet },
      ],
    }),
  );
  expect(report.violations.join("\n")).toMatch(/is alive behind destroy/);
});
