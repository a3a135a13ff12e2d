import { ManualClock } from "../../../testing/manual-clock";
import { DaemonError } from "../daemon/docker-api";
import { exited, FakeDaemon, runningContainer, settle } from "../testing/fake-daemon";
import { Wake } from "../wake";
import { stopContainers, sweepRun } from "./stop";

const [a, b, c] = [runningContainer("a"), runningContainer("b"), runningContainer("c")];

function setUp() {
  const clock = new ManualClock(10_000);
  const daemon = new FakeDaemon();
  const logged: string[] = [];
  const wake = new Wake(clock);
  const effects = { daemon, clock, wake, log: (message: string) => logged.push(message) };
  /** Stops containers, `ago` milliseconds after an abort. */
  const stopping = async (grace: number, { ago = 0, hurried = (): boolean => false } = {}) => {
    const containers = stopContainers("local-1", clock.now() - ago, grace, hurried, effects);
    await settle();
    return { containers };
  };
  let isOver = false;
  /** Removes everything that belongs to a run. */
  const sweeping = async (interrupted = false) => {
    const swept = sweepRun("local-1", interrupted, effects).then(() => {
      isOver = true;
    });
    await settle();
    return { swept };
  };
  return { clock, daemon, logged, wake, stopping, sweeping, isOver: () => isOver };
}

test("all containers are signalled at once with one grace period, each once", async () => {
  const { clock, daemon, wake, stopping } = setUp();
  daemon.containersNow = [a, b, c, { ...runningContainer("d"), state: "created" }];
  const { containers: stopped } = await stopping(3);
  expect(daemon.asked).toEqual(["stop a 3", "stop b 3", "stop c 3"]);
  await clock.advance(2_000, settle);
  expect(daemon.asked).toHaveLength(3);
  daemon.containersNow = [exited(a, 143), exited(b, 137), exited(c, 137)];
  wake.notice();
  expect((await stopped).map(({ exitCode }) => exitCode)).toEqual([143, 137, 137]);
});

test("the grace period counts from the abort, even for a container that appears late or restarts", async () => {
  const { clock, daemon, wake, stopping } = setUp();
  daemon.containersNow = [a];
  const { containers: stopped } = await stopping(5, { ago: 1_000 });
  await clock.advance(2_000, settle);
  daemon.containersNow = [a, { ...b, state: "restarting" }];
  wake.notice();
  await settle();
  expect(daemon.asked).toEqual(["stop a 4", "stop b 2"]);
  daemon.containersNow = [];
  await clock.advance(1_000, settle);
  await stopped;
});

test("a check that comes late does not shorten the grace period", async () => {
  const { daemon, wake, stopping } = setUp();
  daemon.containersNow = [a];
  const { containers: stopped } = await stopping(3, { ago: 800 });
  expect(daemon.asked).toEqual(["stop a 3"]);
  daemon.containersNow = [];
  wake.notice();
  await stopped;
});

test("a container that outlives its grace period is killed repeatedly until it has ended", async () => {
  const { clock, daemon, stopping } = setUp();
  daemon.containersNow = [a];
  const { containers: stopped } = await stopping(3);
  await clock.advance(7_000, settle);
  expect(daemon.asked.slice(0, 2)).toEqual(["stop a 3", "kill a"]);
  await clock.advance(60_000, settle);
  daemon.containersNow = [exited(a, 137)];
  await clock.advance(1_000, settle);
  expect(await stopped).toEqual([exited(a, 137)]);
});

test("hurrying in the middle of a long grace period kills at once", async () => {
  const { clock, daemon, wake, stopping } = setUp();
  let hurried = false;
  daemon.containersNow = [a];
  const { containers: stopped } = await stopping(300, { hurried: () => hurried });
  hurried = true;
  daemon.onAsked = () => {
    daemon.containersNow = [exited(a, 137)];
  };
  wake.notice();
  await settle();
  expect(daemon.asked).toEqual(["stop a 300", "kill a"]);
  await clock.advance(1_000, settle);
  await stopped;
});

test("a daemon that does not answer for a moment is asked again", async () => {
  const { clock, daemon, stopping } = setUp();
  daemon.containersNow = [exited(a, 0)];
  daemon.failure = new Error("connection refused");
  const { containers: stopped } = await stopping(3);
  daemon.failure = undefined;
  await clock.advance(1_000, settle);
  expect(await stopped).toEqual([exited(a, 0)]);
});

test("removal continues until nothing is found", async () => {
  const { clock, daemon, sweeping } = setUp();
  daemon.abandonedRuns = [4, 1];
  const { swept } = await sweeping();
  await clock.advance(1_000, settle);
  await swept;
  expect(daemon.asked).toHaveLength(3);
});

test("after compose was ended while it worked, a single check without containers does not count", async () => {
  const { clock, daemon, sweeping } = setUp();
  daemon.abandonedRuns = [0, 0, 2, 0, 0];
  const { swept } = await sweeping(true);
  await clock.advance(5_000, settle);
  await swept;
  expect(daemon.asked).toHaveLength(6);
});

test("removal that cannot succeed ends at a limit, and is reported", async () => {
  const { clock, daemon, logged, sweeping } = setUp();
  daemon.sweep = async () => {
    throw new DaemonError("disk full", 500);
  };
  daemon.containersNow = [exited(a, 0)];
  const { swept } = await sweeping();
  await clock.advance(60_000, settle);
  await swept;
  expect(logged).toEqual([expect.stringContaining("disk full")]);
});

test("time without an answer of the daemon does not count, and removal is tried again when it answers", async () => {
  const { clock, daemon, logged, sweeping, isOver } = setUp();
  daemon.containersNow = [exited(a, 137)];
  daemon.failure = new Error("connect ECONNREFUSED");
  const { swept } = await sweeping();
  await clock.advance(600_000, settle);
  expect(isOver()).toBe(false);
  // One removal fails. Directly after this, the daemon answers again.
  daemon.asked.length = 0;
  daemon.onAsked = () => {
    if (daemon.asked.length === 1) setImmediate(() => (daemon.failure = undefined));
  };
  daemon.abandonedRuns = [1];
  for (let second = 0; second < 10; second++) await clock.advance(1_000, settle);
  await swept;
  expect(daemon.asked).toEqual(["sweep local-1", "sweep local-1", "sweep local-1"]);
  expect(logged).toEqual([]);
});

test("a container that still runs is not abandoned, however long it takes", async () => {
  const { clock, daemon, sweeping, isOver } = setUp();
  daemon.sweep = async () => {
    throw new DaemonError("it does not end", 500);
  };
  daemon.containersNow = [a];
  const { swept } = await sweeping();
  await clock.advance(600_000, settle);
  expect(isOver()).toBe(false);
  daemon.sweep = async () => 0;
  await clock.advance(3_000, settle);
  await swept;
});
