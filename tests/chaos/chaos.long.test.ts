import { cellNamed } from "./cells";
import { type Plan, planRun } from "./plan";
import { BREAKAGES, type Breakage } from "./planted-bugs";
import { playRun, type RunReport } from "./run";
import { makeRoom, type Room } from "./workspace";

/** What everything random in the tests is drawn from: a failure is repeated with `npm run chaos -- --seed ci --only N`. */
const SEED = "ci";
const RUNS = 4;
/** As many as the machine of a test has cores for. */
const AT_ONCE = 2;

jest.setTimeout(600_000);

async function play(room: Room, runs: readonly number[]): Promise<readonly RunReport[]> {
  const queue = [...runs];
  const reports: RunReport[] = [];
  const work = async (): Promise<void> => {
    for (let run = queue.shift(); run !== undefined; run = queue.shift()) reports.push(await playRun(room, SEED, run));
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return reports;
}

async function inRoom<T>(breakage: Breakage | undefined, work: (room: Room) => Promise<T>): Promise<T> {
  const room = await makeRoom(`test-${process.pid}`, breakage);
  try {
    return await work(room);
  } finally {
    room.remove();
  }
}

/** The first run of the seed whose plan fits: random, but not by chance. */
function runWhose(fits: (plan: Plan) => boolean): number {
  const run = Array.from({ length: 500 }, (_, index) => index).find((index) => fits(planRun(SEED, index)));
  if (run === undefined) throw new Error("No plan of this seed fits.");
  return run;
}

test("a few random programs under random faults end as they should", async () => {
  const reports = await inRoom(undefined, (room) =>
    play(
      room,
      Array.from({ length: RUNS }, (_, index) => index),
    ),
  );
  expect(
    reports.flatMap(({ violations, story }) => (violations.length === 0 ? [] : [...violations, ...story])),
  ).toEqual([]);
  expect(reports.flatMap(({ fired }) => fired).length).toBeGreaterThanOrEqual(2 * RUNS);
});

test("a package that starts without a look-up is found out", async () => {
  // Aimed, so that no other fault comes before it: a start that is refused is one that no look-up was needed for.
  const report = await inRoom(BREAKAGES["no-look-up"], (room) =>
    playRun(room, SEED, 0, cellNamed("SIGKILL to CLI × POST, after commit")),
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
      edit?.givesUp !== true &&
      (edit?.wishes ?? []).some((wish) => wish.run === 400 && wish.stopTakes > 3) &&
      (edit?.wishes ?? []).length <= 3,
  );
  const [report] = await inRoom(BREAKAGES["trusted-abort"], (room) => play(room, [run]));
  expect(report?.violations.join("\n")).toMatch(/is alive behind destroy|was started twice|nobody knows of it/);
});
