import { rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { realClock } from "../../clock/clock";
import { createDockerEngine } from ".";
import { startRun, until, workFolder } from "./testing/live";
import { FOREVER, IGNORE_TERM, service, text, withDocker } from "./testing/live-engine";

withDocker("ends of real containers", (live) => {
  test("exit code 0 is completed, with every line of both streams", async () => {
    const script =
      "echo one; echo two >&2; i=0; while [ $i -lt 200 ]; do i=$((i+1)); echo line $i; done; printf 'no end'";
    const run = startRun(live.engine, text({ app: service(script) }));
    expect(await run.ended).toEqual({ status: "completed", returnCode: 0, errors: [], dockerErrors: [] });
    expect(run.reported).toEqual(["starting", "running", "ended"]);
    const stdout = run.lines.filter((line) => line.stream === "stdout").map((line) => line.message);
    expect(stdout).toEqual(["one", ...Array.from({ length: 200 }, (_, i) => `line ${i + 1}`), "no end"]);
    expect(run.lines.filter((line) => line.stream === "stderr").map((line) => line.message)).toEqual(["two"]);
    expect(
      run.lines.every((line) => line.service === "app" && Math.abs(Date.parse(line.timestamp) - Date.now()) < 60_000),
    ).toBe(true);
  });

  test("none of 100 000 quick lines is lost, not even the last one", async () => {
    const run = startRun(live.engine, text({ app: service("seq 1 100000; echo LAST") }));
    expect(await run.ended).toMatchObject({ status: "completed" });
    const messages = run.messages("app");
    expect(messages).toHaveLength(100_001);
    expect(messages.slice(-2)).toEqual(["100000", "LAST"]);
  });

  test("of 20 MB of output, the engine reads every byte", async () => {
    const script =
      "echo the-beginning; yes 0123456789012345678901234567890123456789 | head -c 20000000; echo; echo end";
    const run = startRun(live.engine, text({ app: service(script) }));
    expect(await run.ended).toMatchObject({ status: "completed" });
    const messages = run.messages("app");
    expect([messages[0], messages.at(-1)]).toEqual(["the-beginning", "end"]);
    expect(messages.slice(1, -1).reduce((sum, message) => sum + message.length + 1, 0)).toBe(20_000_001);
  });

  test("a container that handles its stop signal ends at once, with its own exit code and last lines", async () => {
    const script = `trap 'echo bye; exit 7' USR1; echo ready; ${FOREVER}`;
    const run = startRun(live.engine, text({ app: service(script, { stop_signal: "SIGUSR1" }) }), {
      gracefulTimeoutSeconds: 30,
    });
    await until(() => run.lines.length === 1, "it is ready");
    live.engine.abort(run.executionId);
    expect(await run.ended).toMatchObject({ status: "aborted", returnCode: 7 });
    expect(run.messages("app")).toEqual(["ready", "bye"]);
  });

  test("after an abort while compose starts services, no further service starts", async () => {
    const waiting = text({
      first: service(FOREVER, { restart: "always" }),
      init: service("echo init; sleep 2"),
      main: service("echo main", { depends_on: { init: { condition: "service_completed_successfully" } } }),
    });
    const run = startRun(live.engine, waiting, { gracefulTimeoutSeconds: 4 });
    await until(() => run.messages("init").length === 1, "the init container runs");
    live.engine.abort(run.executionId);
    expect(await run.ended).toMatchObject({ status: "aborted" });
    expect(run.messages("main")).toEqual([]);
    const early = startRun(live.engine, waiting);
    live.engine.abort(early.executionId);
    expect(await early.ended).toMatchObject({ status: "aborted", returnCode: null });
  });

  test("closing ends everything at once", async () => {
    const own = await workFolder();
    const closing = await createDockerEngine({ clock: realClock, workFolder: own, log: () => {} });
    const busy = startRun(closing, text({ app: service(IGNORE_TERM) }), { gracefulTimeoutSeconds: 300 });
    await busy.running;
    await Promise.all([closing.close(), closing.close()]);
    expect(await busy.ended).toMatchObject({ status: "system_failure", returnCode: null });
    await expect(stat(join(own, "runs"))).rejects.toThrow("ENOENT");
    await rm(own, { recursive: true });
  });
});
