import { exited, runningContainer, settle } from "./testing/fake-daemon";
import { a, setUp } from "./testing/watched-run";

test("a daemon that is away is waited for, up to a limit", async () => {
  const { clock, daemon, outcome } = setUp();
  daemon.containersNow = [a];
  await clock.advance(2_000, settle);
  daemon.failure = new Error("connection refused");
  await clock.advance(30_000, settle);
  daemon.failure = undefined;
  await clock.advance(4_000, settle);
  daemon.failure = new Error("connection refused again");
  await clock.advance(100_000, settle);
  // Its timeout comes first: a run of 60 s is over by then.
  expect(await outcome).toEqual({ kind: "timeout" });
});

test("a daemon that never answers, and compose that never gets anywhere, end the run with the reason", async () => {
  const silent = setUp();
  silent.daemon.failure = new Error("connection refused");
  await settle();
  await silent.clock.advance(70_000, settle);
  expect(await silent.outcome).toMatchObject({
    end: { status: "system_failure", errors: [expect.stringContaining("connection refused")] },
  });
  const stuck = setUp();
  await settle();
  await stuck.clock.advance(310_000, settle);
  expect(await stuck.outcome).toMatchObject({
    end: { status: "failed", dockerErrors: [expect.stringContaining("300 s")] },
  });
});

test("a container that outlived the daemon's restart goes on, and its end counts", async () => {
  const { clock, daemon, state, outcome, wake } = setUp();
  const init = exited(runningContainer("init"), 0, "1970-01-01T00:00:00.9Z");
  daemon.containersNow = [init, a];
  wake.notice();
  await settle();
  state.up = { kind: "done" };
  state.lostAt = clock.now();
  daemon.failure = new Error("connect ENOENT");
  await clock.advance(5_000, settle);
  daemon.failure = undefined;
  await clock.advance(2_000, settle);
  daemon.containersNow = [init, exited(a, 3, new Date(clock.now() + 500).toISOString())];
  await clock.advance(2_000, settle);
  expect(await outcome).toMatchObject({ kind: "ended", end: { status: "failed", returnCode: 3 } });
});

test("a daemon that stops its containers one by one, and answers nothing meanwhile, is no failure of the first one", async () => {
  const { clock, daemon, state, outcome, wake } = setUp();
  daemon.containersNow = [a];
  wake.notice();
  await settle();
  state.up = { kind: "done" };
  const endedAt = new Date(clock.now() + 100).toISOString();
  daemon.failure = new Error("connect ECONNREFUSED");
  // It waits for a container of somebody else before it ends the connection that carries events.
  await clock.advance(10_000, settle);
  state.lostAt = clock.now();
  await clock.advance(3_000, settle);
  daemon.failure = undefined;
  daemon.containersNow = [exited(a, 143, endedAt)];
  await clock.advance(2_000, settle);
  expect(await outcome).toMatchObject({ end: { status: "system_failure", returnCode: null } });
});

test("a stop that was asked for is what ends a run, also when the daemon has been silent for too long", async () => {
  const { clock, daemon, state, outcome } = setUp();
  daemon.containersNow = [a];
  await settle();
  daemon.containers = () =>
    new Promise((_resolve, reject) => clock.schedule(61_000, () => reject(new Error("silent"))));
  await clock.advance(30_000, settle);
  state.stop = true;
  await clock.advance(61_000, settle);
  expect(await outcome).toEqual({ kind: "stopped" });
});

test("compose that fails because the daemon went away has not failed by the text", async () => {
  const { clock, daemon, state, outcome, wake } = setUp();
  await clock.advance(1_000, settle);
  state.lostAt = clock.now();
  daemon.failure = new Error("connect ECONNREFUSED");
  state.up = { kind: "failed", reasons: ["error during connect: EOF"] };
  wake.notice();
  await clock.advance(3_000, settle);
  daemon.failure = undefined;
  await clock.advance(2_000, settle);
  expect(await outcome).toMatchObject({
    end: {
      status: "system_failure",
      errors: ["The Docker daemon was restarted while the run went on."],
      dockerErrors: ["error during connect: EOF"],
    },
  });
});

test("a daemon that was away before compose began harms no container that started later", async () => {
  const { clock, daemon, state, outcome, wake } = setUp();
  state.lostAt = clock.now() - 1_000;
  await clock.advance(500, settle);
  const started = runningContainer("a", { startedAt: new Date(clock.now()).toISOString() });
  daemon.containersNow = [started];
  wake.notice();
  await settle();
  state.up = { kind: "done" };
  daemon.containersNow = [exited(started, 3, new Date(clock.now() + 100).toISOString())];
  await clock.advance(2_000, settle);
  expect(await outcome).toMatchObject({ end: { status: "failed", returnCode: 3 } });
});
