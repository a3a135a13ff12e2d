import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import Docker from "dockerode";
import { realClock } from "../../clock/clock";
import { type DockerFacts, dockerAvailable } from ".";
import { connectDaemon, type Daemon } from "./daemon";
import { DockerEngine } from "./docker-engine";
import { dataMark } from "./names";
import { runFolders } from "./run-folder";
import { everythingOf, IMAGE, inspectRun, liveRun, startRun, testLocation, until, workFolder } from "./testing/live";

const enabled = process.env.LYCEUM_TEST_DOCKER === "1";
// Without a Docker engine of its own to start things on, there is nothing that it could be asked: `npm test` looks for one.
const withDocker = enabled ? describe : describe.skip;
jest.setTimeout(60_000);

const service = (script: string, more: object = {}) => ({ image: IMAGE, command: ["sh", "-c", script], ...more });
const text = (services: object) => JSON.stringify({ services }).replaceAll("$", "$$$$");

withDocker(`after a crash${enabled ? "" : " (left out: LYCEUM_TEST_DOCKER is not 1)"}`, () => {
  let facts: DockerFacts;
  let docker: Docker;
  let folder: string;

  beforeAll(async () => {
    const found = await dockerAvailable(testLocation());
    if (!found.available) throw new Error(found.reason);
    facts = found.facts;
    docker = new Docker({ socketPath: facts.socket });
  });
  beforeEach(async () => {
    folder = await workFolder();
  });
  afterEach(async () => {
    expect(await everythingOf(folder, docker)).toEqual([]);
    await rm(folder, { recursive: true });
  });

  /** An engine, and its death: from then on the daemon answers it nothing. */
  function mortalEngine() {
    let dead = false;
    const live = connectDaemon(facts.socket);
    const streams: NodeJS.ReadableStream[] = [];
    const daemon = new Proxy(live, {
      get: (target, key: keyof Daemon) => {
        const call = target[key] as (...args: unknown[]) => Promise<unknown>;
        return (...args: unknown[]) => (dead ? new Promise(() => {}) : call(...args));
      },
    });
    live.events = async (...args) => {
      const stream = await connectDaemon(facts.socket).events(...args);
      streams.push(stream);
      return stream;
    };
    const engine = new DockerEngine({
      daemon,
      cli: { plugin: facts.composePlugin, socket: facts.socket },
      folders: runFolders(folder),
      clock: realClock,
      log: () => {},
      machine: { cpus: facts.cpus, memoryBytes: facts.memoryBytes },
      runEnd: "first-failure",
      mark: dataMark(folder),
      maxRuns: 4,
    });
    const die = () => {
      dead = true;
      for (const stream of streams) (stream as unknown as { destroy(): void }).destroy();
    };
    return { engine, die };
  }

  test("a run is watched on to its end, and no line is reported twice", async () => {
    const before = mortalEngine();
    const script = "echo one; while [ ! -e /go ]; do sleep 0.1; done; echo two; exit 3";
    const first = startRun(before.engine, text({ app: service(script) }));
    await until(() => first.lines.length === 1, "the first line");
    await until(async () => (await runFolders(folder).allNotes()).some(({ up }) => up), "compose is done");
    before.die();

    const after = mortalEngine();
    const again = liveRun("", first.run);
    const lastLineAt = first.lines[0]?.timestamp;
    await after.engine.recover([{ run: again.run, started: true, events: again.events, lastLineAt }]);
    await again.running;
    const label = [`pulumi-lyceum.execution=${first.executionId}`];
    const [container] = await docker.listContainers({ filters: { label } });
    const exec = await docker.getContainer(container?.Id ?? "").exec({ Cmd: ["touch", "/go"] });
    (await exec.start({ Detach: true })).destroy();
    expect(await again.ended).toMatchObject({ status: "failed", returnCode: 3 });
    expect(again.messages("app")).toEqual(["two"]);
    await after.engine.close();
  });

  test("a run that is watched on can be aborted", async () => {
    const before = mortalEngine();
    const first = startRun(before.engine, text({ app: service("sleep 300", { restart: "always" }) }));
    await until(async () => (await runFolders(folder).allNotes()).some(({ up }) => up), "compose is done");
    before.die();
    const after = mortalEngine();
    const again = liveRun("", { ...first.run, gracefulTimeoutSeconds: 1 });
    await after.engine.recover([{ run: again.run, started: true, events: again.events }]);
    after.engine.abort(again.executionId);
    expect(await again.ended).toMatchObject({ status: "aborted", returnCode: 137 });
    await after.engine.close();
  });

  test("a run whose abort was under way is aborted, although its containers have ended by themselves since", async () => {
    const before = mortalEngine();
    const first = startRun(before.engine, text({ app: service("sleep 300") }));
    await until(async () => (await runFolders(folder).allNotes()).some(({ up }) => up), "compose is done");
    before.die();
    for (const { Id: id } of await inspectRun(docker, first.executionId)) await docker.getContainer(id).kill();
    const after = mortalEngine();
    const again = liveRun("", first.run);
    await after.engine.recover([{ run: again.run, started: true, events: again.events, aborted: true }]);
    expect(await again.ended).toMatchObject({ status: "aborted", returnCode: 137 });
    await after.engine.close();
  });

  test("a run that compose was still bringing up is lost, its compose process with it; what is unknown is removed", async () => {
    const before = mortalEngine();
    const stack = text({
      init: service("sleep 300"),
      main: service("true", { depends_on: { init: { condition: "service_completed_successfully" } } }),
    });
    const half = startRun(before.engine, stack);
    const unknown = startRun(before.engine, text({ app: service("sleep 300") }));
    await Promise.all([half.running, unknown.running]);
    let pid: number | undefined;
    await until(async () => {
      const notes = await runFolders(folder).allNotes();
      pid = notes.find(({ executionId }) => executionId === half.executionId)?.composePid;
      return pid !== undefined;
    }, "compose has a process id");
    expect(() => process.kill(pid ?? 0, 0)).not.toThrow();
    before.die();

    const after = mortalEngine();
    const again = liveRun("", half.run);
    await after.engine.recover([{ run: again.run, started: true, events: again.events }]);
    expect(await again.ended).toMatchObject({ status: "system_failure", returnCode: null });
    await until(() => {
      try {
        process.kill(pid ?? 0, 0);
        return false;
      } catch {
        return true;
      }
    }, "the orphan has ended");
    expect(await everythingOf(folder, docker)).toEqual([]);
    expect(await readdir(join(folder, "runs"))).toEqual([]);
    await after.engine.close();
  });

  test("another engine's runs are left alone", async () => {
    const mine = mortalEngine();
    const run = startRun(mine.engine, text({ app: service("sleep 300") }));
    await run.running;
    const other = await workFolder();
    const neighbour = new DockerEngine({
      daemon: connectDaemon(facts.socket),
      cli: { plugin: facts.composePlugin, socket: facts.socket },
      folders: runFolders(other),
      clock: realClock,
      log: () => {},
      machine: { cpus: facts.cpus, memoryBytes: facts.memoryBytes },
      runEnd: "first-failure",
      mark: dataMark(other),
      maxRuns: 4,
    });
    await neighbour.recover([]);
    await neighbour.close();
    expect(run.reported).toEqual(["starting", "running"]);
    expect((await everythingOf(folder, docker)).length).toBeGreaterThan(0);
    await mine.engine.close();
    await rm(other, { recursive: true });
  });
});
