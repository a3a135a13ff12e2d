import { exited, settle } from "../testing/fake-daemon";
import { a, answerNormalization, setUp } from "../testing/fake-run";

test("all states of a run are reported in order, with nothing after its end", async () => {
  const { run, clock, daemon, reported, ends, calls, noted } = setUp();
  const over = run.start();
  await answerNormalization(calls, { image: "x", gpus: [{ count: -1 }] });
  expect(calls.map(({ args }) => args[0])).toEqual(["config", "up"]);
  daemon.containersNow = [a];
  run.notice();
  await settle();
  calls[1]?.end({});
  await settle();
  daemon.containersNow = [exited(a, 0)];
  run.notice();
  await settle();
  await clock.advance(1_000, settle);
  await over;
  expect(reported).toEqual(["starting", expect.stringMatching(/^a: \[emulator\] No GPU here/), "running", "ended"]);
  expect(ends).toEqual([{ status: "completed", returnCode: 0, errors: [], dockerErrors: [] }]);
  expect(daemon.asked).toEqual(["sweep local-1"]);
  expect(noted).toEqual(["removed"]);
});

test("a run that cannot start is failed, with compose's text and without the credential", async () => {
  const { run, clock, ends, calls } = setUp({
    registryCredentials: { type: "basic", username: "me", password: "hunter2" },
  });
  const over = run.start();
  await settle();
  calls[0]?.end({ code: 1, stderr: "no, hunter2\n" });
  await settle();
  await clock.advance(1_000, settle);
  await over;
  expect(ends).toEqual([{ status: "failed", returnCode: null, errors: [], dockerErrors: ["no, [redacted]"] }]);
});

test("an error of the machine ends the run as the machine's error", async () => {
  const { run, clock, daemon, ends, calls } = setUp();
  daemon.hasImage = async () => {
    throw new Error("disk full");
  };
  const over = run.start();
  await answerNormalization(calls);
  await clock.advance(1_000, settle);
  await over;
  expect(ends).toMatchObject([{ status: "system_failure", errors: [expect.stringContaining("disk full")] }]);
});

test.each([
  ["was away and is back", true],
  ["does not answer", false],
])("if a run cannot start because the daemon %s, this is not an error of the text", async (_name, isBack) => {
  const { run, clock, daemon, ends, calls } = setUp();
  daemon.images = new Set();
  const over = run.start();
  await answerNormalization(calls);
  if (isBack) run.daemonLost();
  else daemon.failure = new Error("connect ECONNREFUSED");
  calls[1]?.end({ code: 1, stderr: "Cannot connect to the Docker daemon\n" });
  await settle();
  daemon.failure = undefined;
  await clock.advance(1_000, settle);
  await over;
  expect(ends).toMatchObject([{ status: "system_failure", dockerErrors: ["Cannot connect to the Docker daemon"] }]);
});

test("a daemon that was gone before the run began does not end it", async () => {
  const { run, clock, daemon, ends, calls } = setUp();
  run.daemonLost();
  const over = run.start();
  await answerNormalization(calls);
  daemon.containersNow = [exited(a, 0)];
  calls[1]?.end({});
  await settle();
  await clock.advance(1_000, settle);
  await over;
  expect(ends).toMatchObject([{ status: "completed", returnCode: 0 }]);
});
