import { ManualClock } from "../../../testing/manual-clock";
import type { UpState } from "../daemon/run-state";
import { exited, FakeDaemon, runningContainer, settle } from "../testing/fake-daemon";
import { a, RUN } from "../testing/fake-run";
import { Wake } from "../wake";
import { watchRun } from "./watch";

/** Returns a watched run, with its daemon and its clock. */
function setUp() {
  const clock = new ManualClock(1_000);
  const daemon = new FakeDaemon();
  const wake = new Wake(clock);
  const state: { up: UpState; stop: boolean; lost: boolean } = { up: { kind: "going" }, stop: false, lost: false };
  const reported: string[] = [];
  const outcome = watchRun(RUN, {
    daemon,
    clock,
    wake,
    log: (message) => reported.push(message),
    up: () => state.up,
    stopAsked: () => state.stop,
    daemonLost: () => state.lost,
    onRunning: () => reported.push("running"),
    onContainers: () => {},
  });
  return { clock, daemon, wake, state, reported, outcome };
}

test("a container that ended before the first check counts as having run", async () => {
  const { daemon, state, reported, outcome, wake } = setUp();
  daemon.containersNow = [exited(a, 3)];
  state.up = { kind: "done" };
  wake.notice();
  expect(await outcome).toMatchObject({ kind: "ended", end: { status: "failed", returnCode: 3 } });
  expect(reported).toEqual(["running"]);
});

test("an event causes a check, and without events it checks by itself", async () => {
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

test("when compose gives up because a container failed, the container's exit code is still reported", async () => {
  const { daemon, state, outcome, wake } = setUp();
  await settle();
  // Compose fails while the check is running. The check still shows the container as running.
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

test("a stop takes effect at the next check", async () => {
  const { daemon, state, outcome, wake } = setUp();
  daemon.containersNow = [a];
  await settle();
  state.stop = true;
  wake.notice();
  expect(await outcome).toEqual({ kind: "stopped" });
});

test("a daemon that goes away is the machine's error, whatever its containers show afterwards", async () => {
  const { clock, daemon, state, outcome, wake } = setUp();
  daemon.containersNow = [a];
  await settle();
  daemon.failure = new Error("connect ENOENT");
  state.lost = true;
  wake.notice();
  await clock.advance(2_000, settle);
  expect(await outcome).toMatchObject({ kind: "ended", end: { status: "system_failure", returnCode: null } });
});

test("a daemon that does not answer for a while is asked again", async () => {
  const { clock, daemon, state, reported, outcome } = setUp();
  daemon.containersNow = [a];
  await settle();
  await clock.advance(2_000, settle);
  state.up = { kind: "done" };
  daemon.failure = new Error("timeout");
  await clock.advance(40_000, settle);
  daemon.failure = undefined;
  daemon.containersNow = [exited(a, 0)];
  await clock.advance(2_000, settle);
  expect(await outcome).toMatchObject({ end: { status: "completed", returnCode: 0 } });
  expect(reported).toContain("inspecting local-1: Error: timeout");
});
