import { rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { createDockerEngine, type DockerEngine } from ".";
import type { DockerApi } from "./daemon/docker-api";
import { inspectRun, startRun, testLocation, until, watchDeaths, workFolder } from "./testing/live";
import { FOREVER, IGNORE_TERM, service, text, withDocker } from "./testing/live-engine";

jest.setTimeout(60_000);

withDocker((whenReady) => {
  let docker: DockerApi;
  let engine: DockerEngine;
  whenReady((live) => {
    ({ docker, engine } = live);
  });

  test("0 is completed, with every line of both streams", async () => {
    const script =
      "echo one; echo two >&2; i=0; while [ $i -lt 200 ]; do i=$((i+1)); echo line $i; done; printf 'no end'";
    const run = startRun(engine, text({ app: service(script) }));
    expect(await run.ended).toEqual({ status: "completed", returnCode: 0, errors: [], dockerErrors: [] });
    expect(run.reported).toEqual(["starting", "running", "ended"]);
    const stdout = run.lines.filter((line) => line.stream === "stdout").map((line) => line.message);
    expect(stdout).toEqual(["one", ...Array.from({ length: 200 }, (_, i) => `line ${i + 1}`), "no end"]);
    expect(run.lines.filter((line) => line.stream === "stderr").map((line) => line.message)).toEqual(["two"]);
    expect(
      run.lines.every((line) => line.service === "app" && Math.abs(Date.parse(line.timestamp) - Date.now()) < 60_000),
    ).toBe(true);
  });

  test("3 is failed with 3, although another service is fine", async () => {
    const run = startRun(engine, text({ fine: service(FOREVER), broken: service("sleep 0.3; exit 3") }));
    expect(await run.ended).toEqual({
      status: "failed",
      returnCode: 3,
      errors: ['Service "broken" exited with code 3.'],
      dockerErrors: [],
    });
  });

  /** Aborts services that ignore the stop signal. @returns their ends in milliseconds after the abort, by the daemon's own clock. */
  async function endsAfterAbort(services: object, graceSeconds: number): Promise<readonly number[]> {
    const run = startRun(engine, text(services), { gracefulTimeoutSeconds: graceSeconds });
    const { deaths, stop } = await watchDeaths(docker, run.executionId);
    await until(() => run.lines.length === Object.keys(services).length, "all are ready");
    const abortedAt = Date.now();
    engine.abort(run.executionId);
    expect(await run.ended).toEqual({ status: "aborted", returnCode: 137, errors: [], dockerErrors: [] });
    stop();
    const ends = deaths.map(({ service: name, exitCode }) => `${name} ${exitCode}`);
    expect(ends.sort()).toEqual(Object.keys(services).map((name) => `${name} 137`));
    return deaths.map(({ at }) => at - abortedAt);
  }

  test("three services deep, a container that ignores the stop signal gets its grace once and is then killed", async () => {
    const grace = 6;
    const ends = await endsAfterAbort(
      {
        a: service(IGNORE_TERM),
        b: service(IGNORE_TERM, { depends_on: ["a"] }),
        c: service(IGNORE_TERM, { depends_on: ["b"], restart: "always" }),
      },
      grace,
    );
    expect(Math.min(...ends)).toBeGreaterThanOrEqual(grace * 1_000);
    // With one grace period after another, two of them would lie between the first end and the last.
    expect(Math.max(...ends) - Math.min(...ends)).toBeLessThan(1.5 * grace * 1_000);
  });

  test("a container that heeds its own stop signal ends at once, with its own code and last words", async () => {
    const script = `trap 'echo bye; exit 7' USR1; echo ready; ${FOREVER}`;
    const run = startRun(engine, text({ app: service(script, { stop_signal: "SIGUSR1" }) }), {
      gracefulTimeoutSeconds: 30,
    });
    await until(() => run.lines.length === 1, "it is ready");
    engine.abort(run.executionId);
    expect(await run.ended).toMatchObject({ status: "aborted", returnCode: 7 });
    expect(run.messages("app")).toEqual(["ready", "bye"]);
  });

  test("an abort while compose still brings up starts nothing further", async () => {
    const waiting = text({
      first: service(FOREVER, { restart: "always" }),
      init: service("echo init; sleep 2"),
      main: service("echo main", { depends_on: { init: { condition: "service_completed_successfully" } } }),
    });
    const run = startRun(engine, waiting, { gracefulTimeoutSeconds: 4 });
    await until(() => run.messages("init").length === 1, "the init container runs");
    engine.abort(run.executionId);
    expect(await run.ended).toMatchObject({ status: "aborted" });
    expect(run.messages("main")).toEqual([]);
    const early = startRun(engine, waiting);
    engine.abort(early.executionId);
    expect(await early.ended).toMatchObject({ status: "aborted", returnCode: null });
  });

  test("a timeout ends a run", async () => {
    const run = startRun(engine, text({ app: service(IGNORE_TERM) }), { timeoutSeconds: 2 });
    const errors = ["The run was ended after its timeout of 2 s."];
    const { deaths, stop } = await watchDeaths(docker, run.executionId);
    await run.running;
    const [container] = await inspectRun(docker, run.executionId);
    expect(await run.ended).toEqual({ status: "timeout", returnCode: null, errors, dockerErrors: [] });
    stop();
    // The timeout and the grace, by the daemon's own clock.
    expect((deaths[0]?.at ?? 0) - Date.parse(container?.State.StartedAt ?? "")).toBeGreaterThanOrEqual(3_000);
    expect(deaths).toMatchObject([{ service: "app", exitCode: 137 }]);
  });

  test("closing ends everything at once", async () => {
    const own = await workFolder();
    const closing = await createDockerEngine({ ...testLocation(), workFolder: own, maxRuns: 1 });
    const busy = startRun(closing, text({ app: service(IGNORE_TERM) }), { gracefulTimeoutSeconds: 300 });
    const queued = startRun(closing, text({ app: service("true") }));
    await busy.running;
    expect(queued.reported).toEqual([]);
    const { signals, stop } = await watchDeaths(docker, busy.executionId);
    await Promise.all([closing.close(), closing.close()]);
    stop();
    // Killed, and not asked to stop before.
    expect(new Set(signals)).toEqual(new Set(["9"]));
    expect(await busy.ended).toMatchObject({ status: "system_failure", returnCode: null });
    expect(await queued.ended).toMatchObject({ status: "system_failure" });
    expect(queued.reported).toEqual(["ended"]);
    await expect(stat(join(own, "runs"))).rejects.toThrow("ENOENT");
    await rm(own, { recursive: true });
  });
});
