import { execFileSync } from "node:child_process";
import { readdir, rm } from "node:fs/promises";
import { realClock } from "../../../clock/clock";
import { createDockerEngine, ownership } from "..";
import { connectDaemon, type Daemon } from "../daemon/daemon";
import { DockerEngine } from "../docker-engine";
import { dataMark, projectName } from "../names";
import { everythingOf, startRun, until, workFolder } from "../testing/live";
import { service, text, withDocker } from "../testing/live-engine";
import { runFolders } from "./run-folder";

withDocker("after a crash", (live) => {
  /** Returns an engine, and a function that kills it. The killed engine gets no more answers from the daemon. */
  function mortalEngine() {
    let dead = false;
    const { facts, folder } = live;
    const connected = connectDaemon(facts.socket);
    const streams: NodeJS.ReadableStream[] = [];
    const daemon = new Proxy(connected, {
      get: (target, key: keyof Daemon) => {
        const call = target[key] as (...args: unknown[]) => Promise<unknown>;
        return (...args: unknown[]) => (dead ? new Promise(() => {}) : call(...args));
      },
    });
    connected.events = async (...args) => {
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
      cpus: facts.cpus,
      mark: dataMark(folder),
      ...ownership(),
      maxRuns: 4,
    });
    const die = () => {
      dead = true;
      for (const stream of streams) (stream as unknown as { destroy(): void }).destroy();
    };
    return { engine, die };
  }

  test("after an engine crashes, its running and starting runs and its compose process are removed", async () => {
    const before = mortalEngine();
    const stack = text({
      init: service("sleep 300"),
      main: service("true", { depends_on: { init: { condition: "service_completed_successfully" } } }),
    });
    const half = startRun(before.engine, stack);
    const whole = startRun(before.engine, text({ app: service("sleep 300", { restart: "always" }) }));
    await Promise.all([half.running, whole.running]);
    const composeOfHalf = () =>
      execFileSync("ps", ["-A", "-o", "args="], { encoding: "utf8" }).includes(`-p ${projectName(half.executionId)} `);
    expect(composeOfHalf()).toBe(true);
    before.die();

    const after = mortalEngine();
    await after.engine.recover([half.executionId]);
    await until(() => !composeOfHalf(), "the orphan has ended");
    expect(await everythingOf(live.folder, live.docker)).toEqual([]);
    expect(await readdir(live.folder)).toEqual([]);
    await after.engine.close();
  });

  test("another engine's runs are left alone", async () => {
    const mine = mortalEngine();
    const run = startRun(mine.engine, text({ app: service("sleep 300") }));
    await run.running;
    const other = await workFolder();
    const neighbour = await createDockerEngine({ clock: realClock, workFolder: other, log: () => {} });
    await neighbour.recover([]);
    await neighbour.close();
    expect(run.reported).toEqual(["starting", "running"]);
    expect((await everythingOf(live.folder, live.docker)).length).toBeGreaterThan(0);
    await mine.engine.close();
    await rm(other, { recursive: true });
  });
});
