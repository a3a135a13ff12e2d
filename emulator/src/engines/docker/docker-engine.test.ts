import { PassThrough } from "node:stream";
import { ManualClock } from "../../testing/manual-clock";
import { DockerEngine } from "./docker-engine";
import { exited, FakeDaemon, runningContainer, settle } from "./testing/fake-daemon";
import { liveRun, startRun } from "./testing/live";

const TEXT = "services: {a: {image: x}}";

/** Returns an engine whose Compose does nothing and succeeds. */
function setUp(maxRuns: number) {
  const clock = new ManualClock(1_000);
  const daemon = new FakeDaemon();
  daemon.images = new Set(["x"]);
  const events = new PassThrough();
  daemon.events = async () => (events.writableEnded ? new PassThrough() : events);
  const ups: string[] = [];
  const logged: string[] = [];
  const engine = new DockerEngine({
    daemon,
    cli: { plugin: "/compose", socket: "/socket" },
    folders: {
      create: async () => ({ cwd: "/empty", config: "/config" }),
      projects: async () => [],
      remove: async () => {},
      removeAll: async () => {},
    },
    clock,
    log: (line) => logged.push(line),
    cpus: 2,
    mark: "mark",
    owner: "me",
    hasEnded: (owner) => owner === "ended",
    maxRuns,
    callCompose: async (_cli, { args, project }) => {
      if (args[0] === "up") ups.push(project);
      return { code: 0, stdout: '{"services":{"a":{"image":"x"}}}', stderr: "" };
    },
  });
  const happen = async (executionId: string, action: string) => {
    events.write(
      `${JSON.stringify({ Action: action, Actor: { Attributes: { "pulumi-lyceum.execution": executionId } } })}\n`,
    );
    await settle();
  };
  const goOn = async () => {
    await settle();
    await clock.advance(5_000, settle);
  };
  return { engine, daemon, clock, ups, logged, happen, goOn, events };
}

test("runs over the limit stay pending, and begin in their order", async () => {
  const { engine, daemon, ups, logged, happen, goOn } = setUp(1);
  daemon.containersNow = [runningContainer("a")];
  const [first, second, third] = [startRun(engine, TEXT), startRun(engine, TEXT), startRun(engine, TEXT)];
  await settle();
  expect([first.reported, second.reported, third.reported]).toEqual([["starting", "running"], [], []]);
  daemon.containersNow = [exited(runningContainer("a"), 0)];
  await happen(first.executionId, "die");
  await goOn();
  await goOn();
  for (const run of [first, second, third]) expect(await run.ended).toMatchObject({ status: "completed" });
  expect(ups).toEqual([first, second, third].map(({ executionId }) => `lyceum-${executionId}`));
  await engine.close();
  expect(logged).toEqual([]);
});

test("a waiting run is aborted before it begins, and the others keep their order", async () => {
  const { engine, daemon, ups, goOn } = setUp(1);
  const [busy, waiting] = [liveRun(TEXT), liveRun(TEXT)];
  let containers = [runningContainer("a")];
  daemon.containers = async (executionId = "") => (executionId === busy.executionId ? containers : []);
  for (const { run, events } of [busy, waiting]) engine.start(run, events);
  await settle();
  engine.abort(waiting.executionId);
  await goOn();
  expect(await waiting.ended).toMatchObject({ status: "aborted", returnCode: null });
  expect(waiting.reported).toEqual(["ended"]);
  expect(busy.reported).toEqual(["starting", "running"]);
  expect(ups).toHaveLength(1);
  engine.abort("local-unknown");
  const closed = engine.close();
  containers = [];
  await goOn();
  await closed;
});

test("containers that the daemon creates after the end of their run are removed", async () => {
  const { engine, daemon, happen, goOn } = setUp(4);
  daemon.containersNow = [exited(runningContainer("a"), 0)];
  const run = startRun(engine, TEXT);
  await goOn();
  await run.ended;
  daemon.asked.length = 0;
  await happen(run.executionId, "destroy");
  await happen("local-of-somebody", "create");
  expect(daemon.asked).toEqual([]);
  await happen(run.executionId, "create");
  await goOn();
  expect(new Set(daemon.asked)).toEqual(new Set([`sweep ${run.executionId}`]));
  await engine.close();
});

test("a daemon that ends its connection fails the run, not the text", async () => {
  const { engine, daemon, events, goOn } = setUp(4);
  daemon.containersNow = [runningContainer("a")];
  const run = startRun(engine, TEXT);
  await goOn();
  daemon.containersNow = [exited(runningContainer("a"), 143)];
  events.end();
  await goOn();
  expect(await run.ended).toMatchObject({ status: "system_failure", returnCode: null });
  await engine.close();
});

test("an engine whose runs do not end is closed after a time, and reports what it has left", async () => {
  const { engine, daemon, clock, logged, goOn } = setUp(4);
  daemon.containersNow = [runningContainer("a")];
  const run = startRun(engine, TEXT);
  await goOn();
  daemon.sweep = async () => 1;
  daemon.executionIds = new Set([run.executionId]);
  const start = clock.now();
  let isDone = false;
  const closed = engine.close().then(() => {
    isDone = true;
  });
  while (!isDone && clock.now() - start < 300_000) await goOn();
  await closed;
  expect(clock.now() - start).toBeGreaterThanOrEqual(120_000);
  expect(logged.filter((line) => line.startsWith("closing"))).toEqual([
    "closing: some runs did not end in time",
    "closing: something was left on the daemon",
  ]);
});

test("a run that starts after closing ends at once", async () => {
  const { engine, goOn } = setUp(4);
  await engine.close();
  const run = liveRun(TEXT);
  engine.start(run.run, run.events);
  await goOn();
  expect(await run.ended).toMatchObject({ status: "system_failure" });
  expect(run.reported).toEqual(["ended"]);
});

test("the containers of an earlier emulator's runs are removed, even when the daemon creates them late", async () => {
  const { engine, daemon, goOn } = setUp(4);
  daemon.executionIds = new Set(["local-found"]);
  daemon.abandonedRuns = [3];
  const recovered = engine.recover(["local-known"]);
  await goOn();
  await recovered;
  expect(daemon.asked.filter((request) => request === "sweep local-known").length).toBeGreaterThanOrEqual(3);
  expect(daemon.asked.filter((request) => request === "sweep local-found").length).toBeGreaterThanOrEqual(3);
});

test("the runs of ended emulators are removed, whatever their data folder, and those of other emulators stay", async () => {
  const { engine, daemon, goOn } = setUp(4);
  daemon.ownersNow = new Map([
    ["local-ended", "ended"],
    ["local-alive", "alive"],
  ]);
  let isDone = false;
  const recovered = engine.recover([]).then(() => {
    isDone = true;
  });
  // The search for calls of Compose uses a real process, so its duration is not known.
  while (!isDone) await goOn();
  await recovered;
  expect(new Set(daemon.asked)).toEqual(new Set(["sweep local-ended"]));
  await engine.close();
});

test("a run of an ended emulator that cannot be removed does not block the start", async () => {
  const { engine, daemon, clock, logged, goOn } = setUp(4);
  daemon.ownersNow = new Map([
    ["local-stuck", "ended"],
    ["local-ended", "ended"],
  ]);
  daemon.containersNow = [runningContainer("a")];
  daemon.sweep = async (_label, value) => (value === "local-stuck" ? 1 : 0);
  const start = clock.now();
  let isDone = false;
  const recovered = engine.recover([]).then(() => {
    isDone = true;
  });
  while (!isDone) await goOn();
  await recovered;
  expect(clock.now() - start).toBeGreaterThanOrEqual(60_000);
  expect(logged).toEqual([expect.stringMatching(/could not be removed in 60 s: local-stuck\. .*emulator clean/)]);
  await engine.close();
});
