import { cellNamed } from "./cells";
import { type Plan, planRun } from "./plan";
import { PLANTED_BUGS, type PlantedBug } from "./planted-bugs";
import { playRun } from "./run";
import type { RunReport } from "./run-report";
import { type ChaosWorkspace, type Host, makeWorkspace } from "./workspace";

/** What everything random in the tests is drawn from: a failure is repeated with `npm run chaos -- --seed ci --only N`. */
const SEED = "ci";
const RUNS = 4;
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

/** The first run of the seed whose plan fits: random, but not by chance. */
function runWhose(fits: (plan: Plan) => boolean): number {
  const run = Array.from({ length: 500 }, (_, index) => index).find((index) => fits(planRun(SEED, index)));
  if (run === undefined) throw new Error("No plan of this seed fits.");
  return run;
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
  // Long enough for a destroy that does not wait to be over before the run is.
  const run = runWhose(
    ({ stages: [, edit, destroy, more] }) =>
      more === undefined &&
      destroy?.signal === undefined &&
      destroy?.faults.length === 0 &&
      edit?.abandons !== true &&
      (edit?.desiredRuns ?? []).some((desired) => desired.run === 400 && desired.stopTakes > 3) &&
      (edit?.desiredRuns ?? []).length <= 3,
  );
  const [report] = await inWorkspace("dynamic", PLANTED_BUGS["trusted-abort"], (workspace) => play(workspace, [run]));
  expect(report?.violations.join("\n")).toMatch(/is alive behind destroy|was started twice|nobody knows of it/);
});
