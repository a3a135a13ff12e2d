import { readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import Docker from "dockerode";
import { createDockerEngine, type DockerEngine, type DockerFacts, dockerAvailable } from ".";
import {
  everythingOf,
  IMAGE,
  inspectRun,
  startRun,
  testLocation,
  until,
  watchDeaths,
  workFolder,
} from "./testing/live";
import { privateRegistry } from "./testing/registry";

const enabled = process.env.LYCEUM_TEST_DOCKER === "1";
// Without a Docker engine of its own to start things on, there is nothing that it could be asked: `npm test` looks for one.
const withDocker = enabled ? describe : describe.skip;
jest.setTimeout(60_000);

/** A service of the test image that runs a shell script. */
const service = (script: string, more: object = {}) => ({ image: IMAGE, command: ["sh", "-c", script], ...more });
const text = (services: object, more: object = {}) => JSON.stringify({ services, ...more }).replaceAll("$", "$$$$");
const IGNORE_TERM = "trap '' TERM; echo ready; while :; do sleep 0.1; done";
const FOREVER = "while :; do sleep 0.1; done";

withDocker(`real containers${enabled ? "" : " (left out: LYCEUM_TEST_DOCKER is not 1)"}`, () => {
  let facts: DockerFacts;
  let docker: Docker;
  let folder: string;
  let engine: DockerEngine;
  const logged: string[] = [];

  beforeAll(async () => {
    const found = await dockerAvailable(testLocation());
    if (!found.available) throw new Error(found.reason);
    facts = found.facts;
    docker = new Docker({ socketPath: facts.socket });
    await docker.getImage(IMAGE).inspect();
    folder = await workFolder();
    engine = await createDockerEngine({
      ...testLocation(),
      workFolder: folder,
      log: (message) => logged.push(message),
    });
  });

  afterEach(async () => {
    expect(await everythingOf(folder, docker)).toEqual([]);
    expect(await readdir(join(folder, "runs")).catch(() => [])).toEqual([]);
    expect(logged.splice(0)).toEqual([]);
  });

  afterAll(async () => {
    await engine?.close();
    await rm(folder, { recursive: true });
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

  test("two equal runs at once do not meet", async () => {
    const greedy = text(
      {
        web: service(
          "hostname -i > /data/address; sleep 1; cat /data/address; ls /data; nslookup front >/dev/null && echo found",
          {
            container_name: "front",
            ports: ["127.0.0.1:18080:80"],
            volumes: ["data:/data", "/anonymous"],
            networks: { net: { ipv4_address: "10.99.0.5" } },
          },
        ),
      },
      {
        volumes: { data: { name: "fixed" } },
        networks: { net: { name: "net", ipam: { config: [{ subnet: "10.99.0.0/24" }] } } },
      },
    );
    const runs = [startRun(engine, greedy), startRun(engine, greedy)];
    await Promise.all(runs.map((run) => run.running));
    const inspected = (await Promise.all(runs.map((run) => inspectRun(docker, run.executionId)))).flat();
    const volumes = inspected.flatMap(({ Mounts: mounts }) => mounts.flatMap(({ Name: name }) => name ?? []));
    // A named and an anonymous one for each run.
    expect(new Set(volumes).size).toBe(4);
    for (const run of runs) expect(await run.ended).toMatchObject({ status: "completed", returnCode: 0 });
    for (const name of volumes)
      await expect(docker.getVolume(name).inspect()).rejects.toMatchObject({ statusCode: 404 });
    const notes = runs.map((run) =>
      run
        .messages("web")
        .filter((message) => message.startsWith("[emulator]"))
        .join("\n"),
    );
    expect(notes).toEqual([expect.stringContaining("`ports` are not published"), expect.stringContaining("`ipam` of")]);
    const [one = [], two = []] = runs.map((run) =>
      run.messages("web").filter((message) => !message.startsWith("[emulator]")),
    );
    expect(one.slice(1)).toEqual(["address", "found"]);
    expect(two.slice(1)).toEqual(["address", "found"]);
    expect(one[0]).not.toBe(two[0]);
  });

  test("what is refused ends the run with every reason, and nothing is made", async () => {
    const run = startRun(engine, text({ app: service("true", { volumes: ["/etc:/host"], privileged: true }) }));
    expect(await run.ended).toEqual({
      status: "failed",
      returnCode: null,
      errors: [],
      dockerErrors: [
        expect.stringMatching(/^services\.app\.volumes\[0\]: refused, /),
        expect.stringMatching(/^services\.app\.privileged: refused, /),
      ],
    });
    expect(run.reported).toEqual(["starting", "ended"]);
  });

  test.each([
    ["a missing image", { app: { image: "127.0.0.1:1/none:1" } }, "127.0.0.1:1"],
    ["an image that must be here", { app: { image: "none:1", pull_policy: "never" } }, "none:1"],
    ["a program that is not in the image", { app: { image: IMAGE, command: ["/none"] } }, "/none"],
    ["what compose refuses", { app: { imag: IMAGE } }, "imag"],
    ["no service at all", { app: { image: IMAGE, profiles: ["never"] } }, ""],
  ])("%s is failed, with the text", async (_name, services, part) => {
    const run = startRun(engine, text(services));
    const end = await run.ended;
    expect(end).toMatchObject({ status: "failed", returnCode: null, errors: [] });
    expect(end.dockerErrors.join("\n")).toContain(part);
    expect(end.dockerErrors.length).toBeGreaterThan(0);
  });

  test("a restart policy is let have its way, and no further", async () => {
    const run = startRun(
      engine,
      text({ app: service("echo try; exit 4", { restart: "on-failure:2" }), fine: service(FOREVER) }),
    );
    expect(await run.ended).toMatchObject({ status: "failed", returnCode: 4 });
    expect(run.messages("app")).toEqual(["try", "try", "try"]);
  });

  test("an init container that completes lets the main one run, one that fails does not", async () => {
    const stack = (code: number) =>
      text({
        init: service(`echo init; exit ${code}`),
        main: service("echo main", { depends_on: { init: { condition: "service_completed_successfully" } } }),
      });
    const good = startRun(engine, stack(0));
    expect(await good.ended).toMatchObject({ status: "completed", returnCode: 0 });
    expect([good.messages("init"), good.messages("main")]).toEqual([["init"], ["main"]]);
    const bad = startRun(engine, stack(5));
    expect(await bad.ended).toMatchObject({ status: "failed", returnCode: 5, dockerErrors: [] });
    expect([bad.messages("init"), bad.messages("main")]).toEqual([["init"], []]);
  });

  test("a health check is waited for; one that fails is why the run could not start", async () => {
    const stack = (check: string) =>
      text({
        db: service(`sleep 1; touch /ok; ${FOREVER}`, { healthcheck: { test: check, interval: "300ms", retries: 5 } }),
        main: service("echo main; exit 6", { depends_on: { db: { condition: "service_healthy" } } }),
      });
    const good = startRun(engine, stack("test -e /ok"));
    expect(await good.ended).toMatchObject({ status: "failed", returnCode: 6 });
    const bad = startRun(engine, stack("false"));
    const end = await bad.ended;
    expect(end).toMatchObject({ status: "failed", returnCode: null });
    expect(end.dockerErrors.join()).toContain("unhealthy");
    expect(bad.messages("main")).toEqual([]);
  });

  test("no variable of the machine's reaches a run", async () => {
    // Written as text: here the dollars are compose's own.
    const variable = (name: string) => `\${${name}}`;
    const given = [`HOME_OF_USER=${variable("HOME")}`, `PATH_OF_USER=${variable("PATH:-unset")}`];
    const environment = [...given, "DOCKER_CONFIG", "LYCEUM_CANARY"];
    const script = `echo home=$$HOME_OF_USER path=$$PATH_OF_USER config=$$DOCKER_CONFIG canary=$$LYCEUM_CANARY ${variable("NONE:-d")}`;
    const composeText = JSON.stringify({ services: { app: service(script, { environment }) } });
    process.env.LYCEUM_CANARY = "canary";
    const run = startRun(engine, composeText);
    await run.ended;
    delete process.env.LYCEUM_CANARY;
    expect(run.messages("app")).toEqual(["home= path=unset config= canary= d"]);
  });

  test("inline configs arrive, and dollars with them", async () => {
    const stack = text(
      { app: service("cat /c", { configs: [{ source: "c", target: "/c" }] }) },
      { configs: { c: { content: "a $HOME b\n" } } },
    );
    const run = startRun(engine, stack);
    await run.ended;
    expect(run.messages("app")).toEqual(["a $HOME b"]);
  });

  test("a private registry gets its credential; nothing else does, and none is left", async () => {
    const [username, password] = ["me", "canary-p@ss/word"];
    const registry = await privateRegistry(docker, username, password);
    const image = `${registry.host}/own/tool:1`;
    const services = { own: { ...service(`echo mine; ${FOREVER}`), image }, here: service("sleep 30") };
    const denied = startRun(engine, text(services), {
      registryCredentials: { type: "basic", username, password: "canary-wrong" },
    });
    const refusal = await denied.ended;
    expect(refusal).toMatchObject({ status: "failed", returnCode: null });
    expect(refusal.dockerErrors.length).toBeGreaterThan(0);
    expect(JSON.stringify(refusal)).not.toContain("canary");

    const run = startRun(engine, text(services), { registryCredentials: { type: "basic", username, password } });
    await until(() => run.messages("own").length === 1, "the private image runs");
    const inspected = await inspectRun(docker, run.executionId);
    expect(inspected).toHaveLength(2);
    const observed = JSON.stringify([inspected, await docker.getImage(image).inspect()]);
    for (const secret of [password, Buffer.from(`${username}:${password}`).toString("base64")])
      expect(observed).not.toContain(secret);
    const files = await readdir(join(folder, "runs"), { recursive: true });
    expect(files.filter((file) => file.endsWith("config.json"))).toEqual([]);
    engine.abort(run.executionId);
    await run.ended;
    expect(registry.authorizations.size).toBe(2);
    await registry.close();
    await docker.getImage(image).remove({ force: true });
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
