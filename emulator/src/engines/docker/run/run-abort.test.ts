import { exited, runningContainer, settle } from "../testing/fake-daemon";
import { a, answerNormalization, runningRun, setUp } from "../testing/fake-run";
import { endedOutput, logFrame } from "../testing/log-frames";

test("an abort while compose is working ends compose, so compose starts nothing more", async () => {
  const { run, clock, daemon, ends, calls } = setUp();
  const over = run.start();
  await answerNormalization(calls);
  daemon.containersNow = [a, { ...runningContainer("b"), state: "created" }];
  run.notice();
  await settle();
  run.abort();
  await settle();
  expect(calls[1]?.killed).toBe(true);
  expect(daemon.asked).toEqual(["stop a 3"]);
  daemon.containersNow = [exited(a, 137)];
  daemon.abandonedRuns = [2];
  await clock.advance(10_000, settle);
  await over;
  expect(ends).toEqual([{ status: "aborted", returnCode: 137, errors: [], dockerErrors: [] }]);
  expect(daemon.asked.filter((request) => request.startsWith("sweep"))).toHaveLength(4);
});

test.each([
  ["before its turn came", 0],
  ["while compose normalizes", 1],
])("an abort %s starts nothing at all", async (_name, when) => {
  const { run, clock, ends, calls } = setUp();
  if (when === 0) run.abort();
  const over = run.start();
  await settle();
  if (when === 1) run.abort();
  await settle();
  await clock.advance(5_000, settle);
  await over;
  expect(ends).toEqual([{ status: "aborted", returnCode: null, errors: [], dockerErrors: [] }]);
  expect(calls.map(({ args }) => args[0])).not.toContain("up");
});

test("a second abort does not restart the grace period", async () => {
  const { run, clock, daemon, end } = await runningRun();
  run.abort();
  await settle();
  await clock.advance(2_000, settle);
  run.abort();
  daemon.containersNow = [a, runningContainer("late")];
  await settle();
  await clock.advance(1_000, settle);
  expect(daemon.asked).toEqual(["stop a 3", "stop late 1"]);
  await end();
});

test("a timeout stops the run with its grace period", async () => {
  const { clock, daemon, ends, end } = await runningRun({ timeoutSeconds: 5 });
  await clock.advance(5_000, settle);
  expect(daemon.asked).toEqual(["stop a 3"]);
  await end(exited(a, 143));
  const errors = ["The run was ended after its timeout of 5 s."];
  expect(ends).toEqual([{ status: "timeout", returnCode: null, errors, dockerErrors: [] }]);
});

test("closing the engine kills the run, reports this, and shortens a long grace period", async () => {
  const { run, daemon, ends, end } = await runningRun({ gracefulTimeoutSeconds: 300 });
  run.abort();
  await settle();
  run.close();
  await settle();
  expect(daemon.asked).toEqual(["stop a 300", "kill a"]);
  await end(exited(a, 137));
  expect(ends).toEqual([{ status: "aborted", returnCode: 137, errors: [], dockerErrors: [] }]);
});

test("the output of a closed run is reported before its end", async () => {
  const { run, daemon, reported, end } = await runningRun();
  daemon.output = async () => ({ stream: endedOutput(logFrame("hello\n", 1)), tty: false });
  run.notice();
  await settle();
  run.close();
  await settle();
  await end(exited(a, 137));
  expect(reported).toEqual(["starting", "running", "a: hello", "ended"]);
});

test("closing a run without an abort is the emulator's error", async () => {
  const { run, clock, ends } = setUp();
  const over = run.start();
  await settle();
  run.close();
  await settle();
  await clock.advance(5_000, settle);
  await over;
  expect(ends).toMatchObject([
    { status: "system_failure", errors: ["The emulator was closed while the run was going."] },
  ]);
});

test("an abort is not reported as ended before a silent daemon answers and everything is gone", async () => {
  const { run, clock, daemon, ends, end } = await runningRun();
  daemon.failure = new Error("the daemon does not answer");
  run.abort();
  await settle();
  await clock.advance(600_000, settle);
  expect(ends).toEqual([]);
  daemon.failure = undefined;
  await clock.advance(2_000, settle);
  expect(daemon.asked).toContain("kill a");
  expect(ends).toEqual([]);
  await end(exited(a, 137));
  expect(ends).toMatchObject([{ status: "aborted", returnCode: 137 }]);
  expect(daemon.asked.at(-1)).toBe("sweep local-1");
});
