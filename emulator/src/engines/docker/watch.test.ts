import { exited, runningContainer, settle } from "./testing/fake-daemon";
import { a, setUp } from "./testing/watched-run";

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
