import { IMAGE, inspectRun, startRun } from "./testing/live";
import { FOREVER, service, text, withDocker } from "./testing/live-engine";

withDocker("starts of real containers", (live) => {
  test("services that request resources in any form complete, and missing resources are reported", async () => {
    const devices = [{ driver: "nvidia", count: 1, capabilities: ["gpu"] }];
    const [limits, reservations] = [
      { memory: "64M", cpus: "0.5", pids: 50 },
      { memory: "32M", cpus: "0.25", devices },
    ];
    const resources = [
      ...Object.entries(limits).map(([key, value]) => ({ limits: { [key]: value } })),
      ...Object.entries(reservations).map(([key, value]) => ({ reservations: { [key]: value } })),
      { limits, reservations },
    ];
    const forms = Object.fromEntries(
      resources.map((form, index) => [`form-${index}`, service("true", { deploy: { resources: form } })]),
    );
    const keys = { mem_limit: "64M", mem_reservation: "32M", cpus: 4096, pids_limit: 50 };
    const own = service("true", keys);
    const both = service("true", { ...keys, deploy: { resources: { limits: { ...limits, cpus: "4096" } } } });
    const run = startRun(live.engine, text({ ...forms, own, both }));
    expect(await run.ended).toEqual({ status: "completed", returnCode: 0, errors: [], dockerErrors: [] });
    expect(run.lines.map(({ service: name, message }) => `${name}: ${message}`).sort()).toEqual([
      expect.stringMatching(/^both: .*No 4096 CPUs here/),
      expect.stringMatching(/^form-5: .*No GPU here/),
      expect.stringMatching(/^form-6: .*No GPU here/),
      expect.stringMatching(/^own: .*No 4096 CPUs here/),
    ]);
  });

  test("two equal runs at once do not share anything", async () => {
    const greedy = text(
      {
        web: service(
          "trap : USR1; hostname -i > /data/address; sleep 600 & wait; cat /data/address; ls /data; nslookup front >/dev/null && echo found",
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
    const runs = [startRun(live.engine, greedy), startRun(live.engine, greedy)];
    await Promise.all(runs.map((run) => run.running));
    const inspected = (await Promise.all(runs.map((run) => inspectRun(live.docker, run.executionId)))).flat();
    const volumes = inspected.flatMap(({ Mounts: mounts }) => mounts.flatMap(({ Name: name }) => name ?? []));
    // Each run has a named and an anonymous volume.
    expect(new Set(volumes).size).toBe(4);
    // The services wait for this signal, so that the test can inspect them.
    for (const { Id: id } of inspected) await live.docker.call("POST", `/containers/${id}/kill`, { signal: "USR1" });
    for (const run of runs) expect(await run.ended).toMatchObject({ status: "completed", returnCode: 0 });
    for (const name of volumes)
      await expect(live.docker.call("GET", `/volumes/${name}`)).rejects.toMatchObject({ statusCode: 404 });
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

  test("a refused text ends the run with every reason, and creates nothing", async () => {
    const run = startRun(live.engine, text({ app: service("true", { volumes: ["/etc:/host"], privileged: true }) }));
    expect(await run.ended).toEqual({
      status: "failed",
      returnCode: null,
      errors: [],
      dockerErrors: [
        expect.stringMatching(/^services\.app\.privileged: refused, /),
        expect.stringMatching(/^services\.app\.volumes\[0\]: refused, /),
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
  ])("a run with %s fails, with the reason", async (_name, services, part) => {
    const run = startRun(live.engine, text(services));
    const end = await run.ended;
    expect(end).toMatchObject({ status: "failed", returnCode: null, errors: [] });
    expect(end.dockerErrors.join("\n")).toContain(part);
    expect(end.dockerErrors.length).toBeGreaterThan(0);
  });

  test("a restart policy restarts a container, up to its limit", async () => {
    const run = startRun(
      live.engine,
      text({ app: service("echo try; exit 4", { restart: "on-failure:2" }), fine: service(FOREVER) }),
    );
    expect(await run.ended).toMatchObject({ status: "failed", returnCode: 4 });
    expect(run.messages("app")).toEqual(["try", "try", "try"]);
  });

  test("the main container runs after the init container has completed, and does not run if it failed", async () => {
    const stack = (code: number) =>
      text({
        init: service(`echo init; exit ${code}`),
        main: service("echo main", { depends_on: { init: { condition: "service_completed_successfully" } } }),
      });
    const good = startRun(live.engine, stack(0));
    expect(await good.ended).toMatchObject({ status: "completed", returnCode: 0 });
    expect([good.messages("init"), good.messages("main")]).toEqual([["init"], ["main"]]);
    const bad = startRun(live.engine, stack(5));
    expect(await bad.ended).toMatchObject({ status: "failed", returnCode: 5, dockerErrors: [] });
    expect([bad.messages("init"), bad.messages("main")]).toEqual([["init"], []]);
  });

  test("a run waits for a health check, and a failing health check is the reason why it could not start", async () => {
    const stack = (check: string, retries: number) =>
      text({
        db: service(`sleep 1; touch /ok; ${FOREVER}`, { healthcheck: { test: check, interval: "300ms", retries } }),
        main: service("echo main; exit 6", { depends_on: { db: { condition: "service_healthy" } } }),
      });
    const good = startRun(live.engine, stack("test -e /ok", 100));
    expect(await good.ended).toMatchObject({ status: "failed", returnCode: 6 });
    const bad = startRun(live.engine, stack("false", 5));
    const end = await bad.ended;
    expect(end).toMatchObject({ status: "failed", returnCode: null });
    expect(end.dockerErrors.join()).toContain("unhealthy");
    expect(bad.messages("main")).toEqual([]);
  });

  test("no variable of the machine reaches a run", async () => {
    // In this text, dollar signs are not doubled, because Compose must read the variables.
    const variable = (name: string) => `\${${name}}`;
    const given = [`HOME_OF_USER=${variable("HOME")}`, `PATH_OF_USER=${variable("PATH:-unset")}`];
    const environment = [...given, "DOCKER_CONFIG", "LYCEUM_CANARY"];
    const script = `echo home=$$HOME_OF_USER path=$$PATH_OF_USER config=$$DOCKER_CONFIG canary=$$LYCEUM_CANARY ${variable("NONE:-d")}`;
    const composeText = JSON.stringify({ services: { app: service(script, { environment }) } });
    process.env.LYCEUM_CANARY = "canary";
    const run = startRun(live.engine, composeText);
    await run.ended;
    delete process.env.LYCEUM_CANARY;
    expect(run.messages("app")).toEqual(["home= path=unset config= canary= d"]);
  });

  test("inline configs reach the container, with their dollar signs", async () => {
    const stack = text(
      { app: service("cat /c", { configs: [{ source: "c", target: "/c" }] }) },
      { configs: { c: { content: "a $HOME b\n" } } },
    );
    const run = startRun(live.engine, stack);
    await run.ended;
    expect(run.messages("app")).toEqual(["a $HOME b"]);
  });
});
