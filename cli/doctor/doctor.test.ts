import { FakeService } from "../../provider/lyceum/probe/testing/service";
import { fakeSurface } from "../testing/surface";
import { runDoctor } from "./doctor";
import type { Machine } from "./machine";

const KEY = "lk_canary_of_the_key";

function machineWith(service: FakeService, more: Partial<Machine> = {}): Machine {
  return {
    nodeVersion: "22.0.0",
    environment: { LYCEUM_API_KEY: KEY },
    configurationFile: () => ({ kind: "absent", path: "~" }),
    now: () => service.now,
    sleep: async (seconds) => {
      service.now += seconds * 1000;
    },
    newId: () => "0123456789abcdef",
    connect: () => ({
      call: service.call,
      redact: (text) => text,
      keepOut: () => undefined,
      close: async () => undefined,
    }),
    pulumi: () => ({ path: "/bin/pulumi", version: "3.300.0" }),
    packageVersion: () => "3.300.0",
    ask: undefined,
    onStop: () => () => undefined,
    exit: () => undefined,
    ...more,
  };
}

test.each([
  ["y", 1],
  ["YES", 1],
  ["n", 0],
  ["", 0],
  ["yesterday", 0],
])("on a terminal it asks first: %j starts %d run", async (reply, runs) => {
  const service = new FakeService();
  const asked: string[] = [];
  const machine = machineWith(service, {
    ask: async (question) => {
      asked.push(question);
      return reply;
    },
  });
  const surface = fakeSurface({});
  expect(await runDoctor(["--probe"], surface, machine)).toBe(runs === 1 ? 0 : 1);
  expect(asked).toEqual(["Start it? (y/N) "]);
  expect(surface.complaints.join("\n")).toMatch(/costs at\s+most\s+10 s/);
  // The other start has an empty body, and comes only with a probe.
  expect(service.received.filter((operation) => operation === "startComposeExecution")).toHaveLength(runs * 2);
});

test("a signal stops the probe, and a second one ends the process", async () => {
  const exits: number[] = [];
  let stop = (): void => undefined;
  const service: FakeService = new FakeService({
    getStreamingStatus: (answer) => {
      stop();
      stop();
      return answer;
    },
  });
  const machine = machineWith(service, {
    onStop: (callback) => {
      stop = callback;
      return () => undefined;
    },
    exit: (code) => exits.push(code),
  });
  const surface = fakeSurface({});
  expect(await runDoctor(["--probe", "--yes", "--json"], surface, machine)).toBe(130);
  expect(exits).toEqual([130]);
  expect(surface.complaints.join("\n")).toContain("The run run-1 was aborted.");
  expect(surface.output).toEqual([]);
});

test("a clock that is more than a minute away is reported", async () => {
  const service = new FakeService();
  const { connect } = machineWith(service);
  const surface = fakeSurface({});
  const machine = machineWith(service, {
    connect: (configuration, ports) => {
      ports?.onAnswer?.(new Date(service.now + 61_000).toUTCString());
      return connect(configuration, ports);
    },
  });
  expect(await runDoctor([], surface, machine)).toBe(1);
  expect(surface.output.join("\n")).toMatch(/!! {2}Clock {6}61 s behind the service\n.*-> Set the clock/);
});

test("the address of a proxy is shown without its credentials, and the key not at all", async () => {
  const surface = fakeSurface({});
  const environment = { LYCEUM_API_KEY: KEY, https_proxy: "http://user:canary@proxy.example:3128" };
  const machine = machineWith(new FakeService(), { environment });
  await runDoctor(["--json"], surface, machine);
  expect(surface.output.join("\n")).toContain("http://proxy.example:3128");
  expect(surface.output.join("\n")).not.toContain("canary");
});

test("without a key it says how to take the one of a stack", async () => {
  const surface = fakeSurface({});
  expect(await runDoctor([], surface, machineWith(new FakeService(), { environment: {} }))).toBe(1);
  expect(surface.output.join("\n").replace(/\s+/g, " ")).toContain("LYCEUM_API_KEY=$(pulumi config get lyceum:apiKey)");
});
