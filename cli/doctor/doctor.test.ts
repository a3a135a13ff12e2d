import { createHttpService } from "../../provider/hosts/dynamic/testing/http-service";
import { createModelService } from "../../provider/lifecycle/testing/model-service";
import { createVirtualClock } from "../../provider/lifecycle/testing/virtual-clock";
import { LyceumError } from "../../provider/lyceum/errors";
import { memoryBucket } from "../../provider/storage/testing/memory-bucket";
import { fakeSurface } from "../testing/surface";
import { runDoctor } from "./doctor";
import type { Machine } from "./machine";
import { checkService } from "./service";

const KEY = "lk_canary_of_the_key";

/** Returns a fake machine, and a fake Lyceum in virtual time. */
function prepare() {
  const clock = createVirtualClock();
  const service = createModelService(clock);
  service.behaviour.machines = ["cpu"];
  service.behaviour.output = ["a line", "pulumi-lyceum-probe-file-01234567", "short-1 exited with code 0"];
  const bucket = memoryBucket();
  const http = createHttpService(service, clock);
  const machine: Machine = {
    nodeVersion: "22.0.0",
    environment: { LYCEUM_API_KEY: KEY },
    configurationFile: () => ({ kind: "absent", path: "~" }),
    now: clock.now,
    sleep: clock.sleep,
    newId: () => "0123456789abcdef",
    connect: () => ({ ...http.client(), close: async () => undefined }),
    bucketOf: () => bucket,
    pulumi: () => ({ path: "/bin/pulumi", version: "3.300.0" }),
    packageVersion: () => "3.300.0",
    ask: undefined,
    onStop: () => () => undefined,
    exit: () => undefined,
  };
  return { service, http, machine, bucket };
}

test.each([
  ["y", 1],
  ["YES", 1],
  ["n", 0],
  ["", 0],
  ["yesterday", 0],
])("on a terminal it asks first: the answer %j starts %d run", async (reply, runs) => {
  const { service, machine, bucket } = prepare();
  const asked: string[] = [];
  const ask = async (question: string) => {
    asked.push(question);
    return reply;
  };
  const surface = fakeSurface({});
  expect(await runDoctor(["--probe"], surface, { ...machine, ask })).toBe(runs === 1 ? 0 : 1);
  expect(asked).toEqual(["Start it? (y/N) "]);
  expect(surface.complaints.join("\n")).toMatch(/costs at\s+most\s+10 s/);
  expect(service.runs).toHaveLength(runs);
  expect([bucket.uploaded, [...bucket.contents.keys()]]).toEqual([
    runs === 1 ? ["pulumi-lyceum-probe/01234567.txt"] : [],
    [],
  ]);
});

test.each([
  ["http://127.0.0.1:4010/api/v2/external", "start `npx pulumi-lyceum emulator`"],
  ["https://api.lyceum.example/api/v2/external", "Check the network"],
])("what to do if nothing answers at %s", (baseUrl, todo) => {
  const unreachable = new LyceumError({ code: "LYC1201", message: "no answer" });
  expect(checkService({ unreachable }, { baseUrl })).toEqual([
    expect.objectContaining({ id: "reachable", state: "attention", todo: expect.stringContaining(todo) }),
  ]);
});

test("a signal stops the probe, and a second signal ends the process", async () => {
  const exits: number[] = [];
  let stop = (): void => undefined;
  const { http, machine } = prepare();
  http.deviate("listWorkloads", (answer) => {
    if (http.requests.includes("startComposeExecution")) {
      stop();
      stop();
    }
    return answer;
  });
  const onStop = (callback: () => void) => {
    stop = callback;
    return () => undefined;
  };
  const surface = fakeSurface({});
  expect(
    await runDoctor(["--probe", "--yes", "--json"], surface, { ...machine, onStop, exit: (code) => exits.push(code) }),
  ).toBe(130);
  expect(exits).toEqual([130]);
  expect(surface.complaints.join("\n")).toContain("The run run-1 was aborted.");
  expect(surface.output).toEqual([]);
});

test("the URL of a proxy is shown without its credentials, and the API key is not shown", async () => {
  const surface = fakeSurface({});
  const environment = { LYCEUM_API_KEY: KEY, https_proxy: "http://user:canary@proxy.example:3128" };
  await runDoctor(["--json"], surface, { ...prepare().machine, environment });
  expect(surface.output.join("\n")).toContain("http://proxy.example:3128");
  expect(surface.output.join("\n")).not.toContain("canary");
});

test("without a key it explains how to use the key of a stack", async () => {
  const surface = fakeSurface({});
  expect(await runDoctor([], surface, { ...prepare().machine, environment: {} })).toBe(1);
  expect(surface.output.join("\n").replace(/\s+/g, " ")).toContain("LYCEUM_API_KEY=$(pulumi config get lyceum:apiKey)");
});

test.each<[string, readonly string[], Partial<Machine>, number, RegExp, RegExp]>([
  ["everything is fine", [], {}, 0, /^This machine\n {2}ok {2}Node/, /^$/],
  ["the configuration has an error", [], { environment: {} }, 1, /!! {2}LYC1001/, /^$/],
  [
    "there can be no probe without a key",
    ["--probe", "--yes"],
    { environment: {} },
    1,
    /!! {2}LYC1001/,
    /^No probe was made: the configuration cannot be used\.$/,
  ],
  ["the machine needs attention", [], { nodeVersion: "1.0.0" }, 1, /!! {2}Node/, /^$/],
])("doctor shows whether %s", async (_what, args, more, code, output, complaints) => {
  const surface = fakeSurface({});
  expect(await runDoctor(args, surface, { ...prepare().machine, ...more })).toBe(code);
  expect(surface.output.join("\n")).toMatch(output);
  expect(surface.complaints.join("\n")).toMatch(complaints);
});

test("with --json, doctor prints one object, with each check", async () => {
  const surface = fakeSurface({});
  expect(await runDoctor(["--json"], surface, prepare().machine)).toBe(0);
  expect(surface.output).toHaveLength(1);
  const { checks, run } = JSON.parse(surface.output[0] ?? "");
  expect(run).toBeNull();
  expect(checks[0]).toMatchObject({ id: "node", state: "ok", todo: null });
});
