import { ManualClock } from "../../clock/manual";
import type { UpState } from "./run-state";
import { exited, FakeDaemon, runningContainer, settle } from "./testing/fake-daemon";
import { Wake } from "./wake";
import { watchRun } from "./watch";

const RUN = { executionId: "local-1", composeFileCode: "", timeoutSeconds: 60, gracefulTimeoutSeconds: 3 };
const a = runningContainer("a");

function setUp(started = 1_000) {
  const clock = new ManualClock(started);
  const daemon = new FakeDaemon();
  const wake = new Wake(clock);
  const state: { up: UpState; stop: boolean; lostAt: number | undefined } = {
    up: { kind: "going" },
    stop: false,
    lostAt: undefined,
  };
  const reported: string[] = [];
  const outcome = watchRun(RUN, {
    daemon,
    clock,
    wake,
    runEnd: "first-failure",
    log: (message) => reported.push(message),
    up: () => state.up,
    stopAsked: () => state.stop,
    takeLoss: () => {
      const { lostAt } = state;
      state.lostAt = undefined;
      return lostAt;
    },
    onRunning: () => reported.push("running"),
    onContainers: () => {},
  });
  return { clock, daemon, wake, state, reported, outcome };
}

test("a container that has ended before the first look was running all the same", async () => {
  const { daemon, state, reported, outcome, wake } = setUp();
  daemon.containersNow = [exited(a, 3)];
  state.up = { kind: "done" };
  wake.notice();
  expect(await outcome).toMatchObject({ kind: "ended", end: { status: "failed", returnCode: 3 } });
  expect(reported).toEqual(["running"]);
});

test("an event wakes it, and without events it looks by itself", async () => {
  const { clock, daemon, state, reported, outcome, wake } = setUp();
  await settle();
  daemon.containersNow = [a];
  wake.notice();
  await settle();
  expect(reported).toEqual(["running"]);
  daemon.containersNow = [exited(a, 0)];
  state.up = { kind: "done" };
  await clock.advance(2_000, settle);
  expect(await outcome).toMatchObject({ end: { status: "completed", returnCode: 0 } });
});

test("compose that gives up because a container failed does not hide that container's code", async () => {
  const { daemon, state, outcome, wake } = setUp();
  await settle();
  // Compose gives up while the check is under way: it still shows the container running.
  const { containers } = daemon;
  daemon.containersNow = [a];
  daemon.containers = async () => {
    const observed = await containers.call(daemon);
    state.up = { kind: "failed", reasons: ['service "a" did not complete'] };
    daemon.containersNow = [exited(a, 3)];
    wake.notice();
    return observed;
  };
  wake.notice();
  expect(await outcome).toMatchObject({ end: { status: "failed", returnCode: 3, dockerErrors: [] } });
});

test("the timeout counts from the first container's start, not from a slow pull", async () => {
  const { clock, daemon, outcome, wake } = setUp();
  await clock.advance(100_000, settle);
  daemon.containersNow = [{ ...a, startedAt: new Date(clock.now()).toISOString() }];
  wake.notice();
  await settle();
  let over = false;
  void outcome.then(() => {
    over = true;
  });
  await clock.advance(59_999, settle);
  expect(over).toBe(false);
  await clock.advance(1, settle);
  expect(await outcome).toEqual({ kind: "timeout" });
});

test("a container that somebody else removed ends the run", async () => {
  const { clock, daemon, state, outcome } = setUp();
  state.up = { kind: "done" };
  daemon.containersNow = [a, runningContainer("b")];
  await settle();
  await clock.advance(2_000, settle);
  daemon.containersNow = [a];
  await clock.advance(2_000, settle);
  expect(await outcome).toMatchObject({ end: { status: "system_failure", returnCode: null } });
});

test("a stop is obeyed at the next look", async () => {
  const { daemon, state, outcome, wake } = setUp();
  daemon.containersNow = [a];
  await settle();
  state.stop = true;
  wake.notice();
  expect(await outcome).toEqual({ kind: "stopped" });
});

test("a daemon that is away is waited for, but not for ever", async () => {
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

test("a run that fills the disk is ended; one look is asked for at a time", async () => {
  const { clock, daemon, outcome, wake } = setUp();
  daemon.containersNow = [a];
  let asked = 0;
  daemon.diskUse = async () => {
    asked++;
    return daemon.diskBytes;
  };
  daemon.diskBytes = 10 * 1024 ** 3;
  wake.notice();
  await settle();
  await clock.advance(11_000, settle);
  expect(asked).toBe(1);
  daemon.diskBytes += 1;
  await clock.advance(11_000, settle);
  expect(await outcome).toMatchObject({
    end: { status: "failed", dockerErrors: ["The run wrote more than 10 GB to the disk."] },
  });
});

test.each([
  ["was ended by the daemon as it stopped", exited(a, 137, "1970-01-01T00:00:02.1Z"), "system_failure"],
  ["was started again by the daemon", runningContainer("a", { startedAt: "1970-01-01T00:00:04Z" }), "system_failure"],
])("a daemon that was away: a container that %s", async (_name, container, status) => {
  const { clock, daemon, state, outcome, wake } = setUp();
  daemon.containersNow = [a];
  wake.notice();
  await settle();
  await clock.advance(1_500, settle);
  state.up = { kind: "done" };
  state.lostAt = clock.now();
  daemon.failure = new Error("connect ENOENT");
  await clock.advance(5_000, settle);
  daemon.failure = undefined;
  daemon.containersNow = [container];
  await clock.advance(2_000, settle);
  expect(await outcome).toMatchObject({ kind: "ended", end: { status } });
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
