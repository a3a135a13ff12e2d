import { cellsNamed } from "./plan/cells";
import { longRun } from "./plan/desired";
import { QUIET } from "./plan/surgery";
import { PLANTED_BUGS, type PlantedBug } from "./planted-bugs";
import { Random } from "./random";
import { playPlan, playRun } from "./run";
import { type ChaosWorkspace, type Host, makeWorkspace } from "./workspace";

/** What everything random in the tests is drawn from: a failure is repeated with `npm run chaos -- --seed ci --only N`. */
const SEED = "ci";
jest.setTimeout(600_000);

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

// With one seed a run is the same each time: these two show that the test itself works, `npm run chaos` plays as many as it is asked for.
test.each([
  ["dynamic", 4],
  ["plugin", 18],
] as const)("a random program of the %s host ends as it should", async (host, run) => {
  const { violations, scenario, fired } = await inWorkspace(host, undefined, (workspace) =>
    playRun(workspace, SEED, run),
  );
  expect(violations.length === 0 ? [] : [...violations, ...scenario]).toEqual([]);
  expect(fired.length).toBeGreaterThanOrEqual(2);
});

test("a package that starts without a lookup is found out", async () => {
  // Aimed, so that no other fault comes before it: a start that is refused is one that no lookup was needed for.
  const report = await inWorkspace("dynamic", PLANTED_BUGS["no-lookup"], (workspace) =>
    playRun(workspace, SEED, 0, cellsNamed("SIGKILL to CLI × POST, after commit")[0]),
  );
  expect(report.aim).toBeDefined();
  expect(report.violations.join("\n")).toMatch(/was started twice|goes on and nobody knows of it/);
});

test("a package that trusts an abort is found out", async () => {
  // It goes on for longer than a destroy that does not wait takes on a busy machine.
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

test("a package that aborts what carries the key of its resource is found out", async () => {
  const report = await inWorkspace("dynamic", PLANTED_BUGS["aborts-by-key"], (workspace) =>
    playRun(workspace, SEED, 0, cellsNamed("state delete × another text")[0]),
  );
  expect(report.violations.join("\n")).toMatch(/aborted .*, which a person keeps/);
});
