import { cellsNamed } from "./plan/cells";
import { longRun } from "./plan/desired";
import { QUIET } from "./plan/surgery";
import { PLANTED_BUGS, type PlantedBug } from "./planted-bugs";
import { Random } from "./random";
import { playPlan, playRun } from "./run";
import { type ChaosWorkspace, type Host, makeWorkspace } from "./workspace";

/** The seed of all random choices. `npm run chaos -- --seed ci --only N` repeats the chaos run with the number N. */
const SEED = "ci";

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

// A few chaos runs, which show that the test itself works. With the same seed, they are the same each time.
// `npm run chaos` makes more runs.
test.each([
  ["dynamic", 4],
  ["plugin", 18],
] as const)("a random program of the %s host ends without a violation", async (host, run) => {
  const { violations, scenario, fired } = await inWorkspace(host, undefined, (workspace) =>
    playRun(workspace, SEED, run),
  );
  expect(violations.length === 0 ? [] : [...violations, ...scenario]).toEqual([]);
  expect(fired.length).toBeGreaterThanOrEqual(2);
});

test("finds a package that starts without a lookup", async () => {
  // This chaos run has no other fault, because another fault might hide the bug. For example, a refused start would
  // need no lookup.
  const report = await inWorkspace("dynamic", PLANTED_BUGS["no-lookup"], (workspace) =>
    playRun(workspace, SEED, 0, cellsNamed("SIGKILL to CLI × POST, after commit")[0]),
  );
  expect(report.aim).toBeDefined();
  expect(report.violations.join("\n")).toMatch(/was started twice|goes on and nobody knows of it/);
});

test("finds a package that trusts an abort", async () => {
  // The run takes long to stop. So a destroy that does not wait for the end of the run is faster, even on a busy
  // machine.
  const run = { ...longRun("r0", new Random(SEED)), waitFor: "running", stopTakes: 25 } as const;
  const report = await inWorkspace("dynamic", PLANTED_BUGS["trusted-abort"], (workspace) =>
    playPlan(workspace, SEED, 0, {
      stages: [
        { title: "up", stack: "dev", command: "up", edit: { add: [run] }, ...QUIET },
        { title: "destroy", stack: "dev", command: "destroy", ...QUIET },
      ],
    }),
  );
  expect(report.violations.join("\n")).toMatch(/is alive behind destroy/);
});

test("finds a package that aborts every run with the key of its resource", async () => {
  const report = await inWorkspace("dynamic", PLANTED_BUGS["aborts-by-key"], (workspace) =>
    playRun(workspace, SEED, 0, cellsNamed("state delete × another text")[0]),
  );
  expect(report.violations.join("\n")).toMatch(/aborted .*, which a person keeps/);
});
