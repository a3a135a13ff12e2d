import { createVirtualClock } from "../testing/virtual-clock";
import { createProgress, progressLine } from "./row";

/** Makes a row that collects its lines, each with the second in which it appeared. */
function shownBy(hasTerminal: boolean) {
  const clock = createVirtualClock();
  const begun = clock.now();
  const shown: { readonly second: number; readonly line: string }[] = [];
  const note = (_urn: string, line: string) => void shown.push({ second: (clock.now() - begun) / 1000, line });
  const progressOn = createProgress({ progress: note, notice: note, warning: note }, clock, hasTerminal);
  return { clock, progress: progressOn("urn"), progressOn, shown, lines: () => shown.map(({ line }) => line) };
}

const facts = (status: string, elapsed: number) => ({ executionId: "r1", status, elapsed, limit: 300 });

test("without a terminal there is a line for each change of status, without a time", async () => {
  const { clock, progress, lines } = shownBy(false);
  for (const [second, status] of ["pending", "pending", "running", "running"].entries()) {
    progress.tick(facts(status, second));
    await clock.sleep(5);
  }
  progress.end({ executionId: "r1", status: "completed" });
  expect(lines()).toEqual(["pending (run r1)", "running (run r1)", "completed (run r1)"]);
});

test("on a terminal the time is updated, and the lasting line has none", async () => {
  const { clock, progress, lines } = shownBy(true);
  for (const second of [0, 1, 2]) {
    progress.tick(facts("running", second));
    await clock.sleep(1);
  }
  progress.end(facts("running", 3));
  expect(lines()).toEqual([
    "running 0s of 5m (run r1)",
    "running 1s of 5m (run r1)",
    "running 2s of 5m (run r1)",
    "running (run r1)",
  ]);
});

test("the last line is not repeated", () => {
  const { progress, lines } = shownBy(false);
  progress.tick(facts("running", 0));
  progress.end(facts("running", 0));
  expect(lines()).toEqual(["running (run r1)"]);
});

test("with 200 runs about one time is updated in a second, and a change of status is shown at once", async () => {
  const { clock, progressOn, lines } = shownBy(true);
  const [runs, seconds] = [200, 600];
  for (let second = 0; second < seconds; second += 5) {
    for (let run = 0; run < runs; run += 1) progressOn(`urn-${run}`).tick(facts("running", second));
    await clock.sleep(5);
  }
  expect(lines()).toHaveLength(runs + 2 * runs);
  progressOn("urn-0").tick(facts("stopping", seconds));
  expect(lines().at(-1)).toBe("stopping 10m of 5m (run r1)");
});

const run = { executionId: "5f0c", status: "running" };

test.each([
  [run, "running (run 5f0c)"],
  [{ ...run, status: "pending", elapsed: 40 }, "pending 40s (run 5f0c)"],
  [{ ...run, elapsed: 70, limit: 300 }, "running 1m10s of 5m (run 5f0c)"],
  [{ ...run, elapsed: 70, limit: 300, output: "epoch 3\n" }, "running 1m10s of 5m: epoch 3 (run 5f0c)"],
  [{ ...run, elapsed: 70, isSimulated: true }, "running 1m10s (SIMULATED run 5f0c)"],
  // The row shows no limit without a time, and no empty line of output.
  [{ ...run, limit: 300, output: "" }, "running (run 5f0c)"],
])("%j is shown as its line", (facts, line) => {
  expect(progressLine(facts)).toBe(line);
});

test.each([
  ["60 characters is whole", 60, "x".repeat(60)],
  ["61 characters is cut", 61, `${"x".repeat(59)}…`],
])("a line of output of %s", (_what, length, shown) => {
  expect(progressLine({ ...run, output: "x".repeat(length) })).toBe(`running: ${shown} (run 5f0c)`);
});

test("a line of output is cut, and its control characters are shown as text", () => {
  const line = progressLine({ ...run, output: `\u001b[2J${"x".repeat(500)}` });
  expect(line.length).toBeLessThan(90);
  expect(line).not.toContain("\u001b");
});
