import { createVirtualClock } from "../lifecycle/testing/virtual-clock";
import { connectEngine, type EngineRpc, exitWithEngine } from "./engine";

test.each([
  ["that never answers", [false, false], 4000],
  ["after a single failed check", [true, false, true, true, false, false], 12_000],
])("a dead engine ends the process within 10 s: one %s", async (_name, given, endsAt) => {
  const clock = createVirtualClock(0);
  const answers = [...given];
  const exits: number[] = [];
  await exitWithEngine({ isAlive: async () => answers.shift() ?? false }, clock, () => exits.push(clock.now()));
  expect(answers).toEqual([]);
  expect(exits).toEqual([endsAt]);
});

beforeEach(() => void jest.spyOn(Date, "now").mockReturnValue(0));
afterEach(() => jest.restoreAllMocks());

/** An engine whose answers to a call and whose log a test sees. */
function engineInMemory(answer: { readonly code?: number } | null = null) {
  const logged: Record<string, unknown>[] = [];
  const opened: unknown[] = [];
  const waits: number[] = [];
  const waited = ({ deadline }: { readonly deadline: number }): void => {
    waits.push(deadline / 1000);
  };
  class LogRequest {
    readonly fields: Record<string, unknown> = {};
    setSeverity = (severity: number) => this.set({ severity });
    setUrn = (urn: string) => this.set({ urn });
    setMessage = (message: string) => this.set({ message });
    setStreamid = (stream: number) => this.set({ stream });
    setEphemeral = (isEphemeral: boolean) => this.set({ isEphemeral });
    private set(field: object): void {
      Object.assign(this.fields, field);
    }
  }
  class EngineClient {
    constructor(...call: unknown[]) {
      opened.push(call);
    }
    log(request: LogRequest, options: { readonly deadline: number }, done: (error: Error | null) => void): void {
      waited(options);
      logged.push(request.fields);
      done(request.fields.message === "is lost" ? new Error("unavailable") : null);
    }
    getRootResource(_request: unknown, options: { readonly deadline: number }, done: (error: unknown) => void): void {
      waited(options);
      done(answer);
    }
  }
  const messages = { LogRequest, GetRootResourceRequest: class {}, LogSeverity: { INFO: 1, WARNING: 2 } };
  const load = (): EngineRpc => ({ EngineClient, credentials: "credentials", messages });
  return { load, logged, opened, waits };
}

const ADDRESS = "127.0.0.1:5000";

test("messages reach the row of their resource in their order, without control characters", async () => {
  const { load, logged, opened, waits } = engineInMemory();
  const engine = connectEngine(ADDRESS, load);
  engine.report.progress("urn:a", "10 s");
  engine.report.notice("urn:a", "is lost");
  engine.report.warning("urn:b", "\u001b[2Jcareful");
  await engine.flush();
  expect(logged).toEqual([
    { severity: 1, urn: "urn:a", message: "10 s", stream: 0, isEphemeral: true },
    { severity: 1, urn: "urn:a", message: "is lost", stream: 0, isEphemeral: false },
    { severity: 2, urn: "urn:b", message: "careful", stream: 0, isEphemeral: false },
  ]);
  expect(opened).toEqual([[ADDRESS, "credentials", { "grpc.enable_http_proxy": 0 }]]);
  expect(waits).toEqual([5, 5, 5]);
});

test.each([
  ["that answers is alive", null, true],
  ["that answers with an error is alive", { code: 2 }, true],
  ["whose port is closed is dead", { code: 14 }, false],
])("an engine %s", async (_name, answer, isAlive) => {
  const { load, waits } = engineInMemory(answer);
  expect(await connectEngine(ADDRESS, load).liveness.isAlive()).toBe(isAlive);
  expect(waits).toEqual([5]);
});

test.each([
  ["no address", undefined],
  ["an argument that is no address", "/path/to/program:1"],
  ["an argument without a port", "--logflow"],
])("with %s there is no engine: messages go nowhere, and it counts as alive", async (_name, address) => {
  const { load, opened } = engineInMemory();
  const engine = connectEngine(address, load);
  engine.report.progress("urn:a", "x");
  await engine.flush();
  expect(await engine.liveness.isAlive()).toBe(true);
  expect(opened).toEqual([]);
});
