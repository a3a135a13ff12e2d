import { realpath, rm } from "node:fs/promises";
import { type Clock, realClock } from "../../../clock/clock";
import type { EngineRun } from "../../engine";
import { type DockerFacts, dockerAvailable } from "..";
import { DockerEngine } from "../docker-engine";
import { runFolders } from "../run/run-folder";
import { everythingOf, IMAGE, type LiveRun, liveRun, testLocation, until, workFolder } from "../testing/live";
import { OwnDaemon } from "../testing/own-daemon";
import { whyNoDockerd } from "../testing/why-no-dockerd";
import { connectDaemon, type Daemon } from "./daemon";
import { DockerApi } from "./docker-api";
import { dataMark } from "./names";

// The daemon of this machine must not be paused or killed: a second one is started. `npm test` looks for Docker.
const why = whyNoDockerd();
const withOwnDaemon = why === undefined ? describe : describe.skip;
jest.setTimeout(180_000);

/** A service of the test image that runs a shell script; without a network, which this daemon has not got. */
const service = (script: string, more: object = {}) => ({
  image: IMAGE,
  command: ["sh", "-c", script],
  network_mode: "none",
  ...more,
});
const text = (services: object) => JSON.stringify({ services }).replaceAll("$", "$$$$");
const IGNORE_TERM = "trap '' TERM; echo ready; while :; do sleep 0.1; done";
const HEED_TERM = "trap 'exit 7' TERM; echo ready; while :; do sleep 0.1; done";

/** Time that passes so many times as fast: what takes minutes is waited for in seconds. */
function hastyClock(times: number): Clock {
  const began = Date.now();
  return {
    now: () => began + (Date.now() - began) * times,
    schedule: (milliseconds, action) => realClock.schedule(milliseconds / times, action),
  };
}

withOwnDaemon(`a daemon that goes away${why === undefined ? "" : ` (left out: ${why})`}`, () => {
  let own: OwnDaemon;
  let facts: DockerFacts;
  let folder: string;
  let engine: DockerEngine | undefined;

  beforeAll(async () => {
    const machine = await dockerAvailable(testLocation());
    if (!machine.available) throw new Error(machine.reason);
    own = new OwnDaemon();
    await own.start();
    await own.load(new DockerApi(machine.facts.socket), IMAGE);
    const found = await dockerAvailable({ ...testLocation(), dockerSocket: own.socket });
    if (!found.available) throw new Error(found.reason);
    facts = found.facts;
  });
  beforeEach(async () => {
    folder = await realpath(await workFolder());
  });
  afterEach(async () => {
    own.resume();
    await engine?.close();
    engine = undefined;
    expect(await everythingOf(folder, own.docker)).toEqual([]);
    expect(own.processes()).toEqual([]);
    await rm(folder, { recursive: true });
  });
  afterAll(() => own?.close());

  /** @param around what happens before each call of the daemon */
  function startEngine(clock: Clock = realClock, around: (call: keyof Daemon) => void = () => {}): DockerEngine {
    const live = connectDaemon(own.socket, 5_000);
    const daemon = new Proxy(live, {
      get: (target, key: keyof Daemon) => {
        const call = target[key] as (...args: unknown[]) => Promise<unknown>;
        return (...args: unknown[]) => {
          around(key);
          return call(...args);
        };
      },
    });
    engine = new DockerEngine({
      daemon,
      cli: { plugin: facts.composePlugin, socket: own.socket },
      folders: runFolders(folder),
      clock,
      log: () => {},
      cpus: facts.cpus,
      runEnd: "first-failure",
      mark: dataMark(folder),
      maxRuns: 4,
    });
    return engine;
  }

  /** A run that notes which processes of the daemon's containers are there at the moment when its end is reported. */
  function startWatched(on: DockerEngine, services: object, more: Partial<EngineRun> = {}) {
    const run = liveRun(text(services), { timeoutSeconds: 3_600, ...more });
    const living: (readonly number[])[] = [];
    on.start(run.run, {
      ...run.events,
      ended: (end) => {
        living.push(own.processes());
        run.events.ended(end);
      },
    });
    return { ...run, living };
  }
  const ready = (run: LiveRun, count = 1) =>
    until(() => run.lines.filter(({ message }) => message === "ready").length === count, "it is ready");

  test.each<[string, keyof Daemon | undefined]>([
    ["before the abort", undefined],
    ["when containers are to be killed", "kill"],
    ["when everything is to be removed", "sweep"],
  ])("paused %s, an aborted run does not end before the daemon answers and all is gone", async (_name, moment) => {
    // Far longer than the grace and all limits behind it.
    const [clock, pausedFor] = [hastyClock(20), 180_000];
    let pausedAt: number | undefined;
    const pause = () => {
      own.pause();
      pausedAt ??= clock.now();
    };
    const on = startEngine(clock, (call) => {
      if (call === moment && pausedAt === undefined) pause();
    });
    const run = startWatched(on, { app: service(IGNORE_TERM) }, { gracefulTimeoutSeconds: 60 });
    await ready(run);
    expect(own.processes().length).toBeGreaterThan(0);
    if (moment === undefined) pause();
    on.abort(run.executionId);
    await until(() => pausedAt !== undefined && clock.now() > pausedAt + pausedFor, "the pause is over", 60_000);
    expect(run.reported).toEqual(["starting", "running"]);
    if (moment !== "sweep") expect(own.processes().length).toBeGreaterThan(0);
    own.resume();
    expect(await run.ended).toEqual({ status: "aborted", returnCode: 137, errors: [], dockerErrors: [] });
    expect(run.living).toEqual([[]]);
    expect(await everythingOf(folder, own.docker)).toEqual([]);
  });

  test.each<[string, () => Promise<void>, string]>([
    ["killed", () => own.kill(), IGNORE_TERM],
    ["stopped", () => own.stop(), HEED_TERM],
  ])(
    "%s and started again during a run, it is a failure of the system and not of the run",
    async (_name, end, script) => {
      const run = startWatched(startEngine(), { app: service(script), other: service(script) });
      await ready(run, 2);
      await end();
      await own.start();
      expect(await run.ended).toEqual({
        status: "system_failure",
        returnCode: null,
        errors: ["The Docker daemon was restarted while the run went on."],
        dockerErrors: [],
      });
      expect(run.reported).toEqual(["starting", "running", "ended"]);
      expect(run.living).toEqual([[]]);
      expect(run.lines.map(({ message }) => message)).toEqual(["ready", "ready"]);
      expect(await everythingOf(folder, own.docker)).toEqual([]);
    },
  );

  test("a daemon that stops the run's container long before that of somebody else does not fail the run", async () => {
    const { Id: neighbour } = await own.docker.call<{ Id: string }>(
      "POST",
      "/containers/create",
      {},
      {
        Image: IMAGE,
        Cmd: ["sh", "-c", IGNORE_TERM],
        StopTimeout: 5,
        NetworkDisabled: true,
      },
    );
    try {
      await own.docker.call("POST", `/containers/${neighbour}/start`);
      const run = startWatched(startEngine(), { app: service(HEED_TERM) });
      await ready(run);
      await own.stop();
      await own.start();
      expect(await run.ended).toMatchObject({ status: "system_failure", returnCode: null, dockerErrors: [] });
    } finally {
      await own.docker.call("DELETE", `/containers/${neighbour}`, { force: true });
    }
  });

  test("killed and started again while compose brings the run up, it is a failure of the system, and nothing is left", async () => {
    const run = startWatched(startEngine(), {
      init: service(IGNORE_TERM),
      main: service("echo main", { depends_on: { init: { condition: "service_completed_successfully" } } }),
    });
    await ready(run);
    await own.kill();
    await own.start();
    expect(await run.ended).toMatchObject({ status: "system_failure", returnCode: null });
    expect(run.living).toEqual([[]]);
    expect(run.messages("main")).toEqual([]);
  });

  test("killed and started again during an abort, the run ends aborted when nothing is left", async () => {
    const on = startEngine();
    const run = startWatched(on, { app: service(IGNORE_TERM) }, { gracefulTimeoutSeconds: 3_000 });
    await ready(run);
    on.abort(run.executionId);
    await own.kill();
    expect(own.processes().length).toBeGreaterThan(0);
    expect(run.reported).toEqual(["starting", "running"]);
    await own.start();
    expect(await run.ended).toMatchObject({ status: "aborted", errors: [], dockerErrors: [] });
    expect(run.living).toEqual([[]]);
  });
});
