import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Engine, type EngineEvents, endOf } from "../engines/engine";
import { ManualClock } from "../testing/manual-clock";
import { ExecutionStore } from "./execution-store";
import { Runs } from "./runs";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "runs-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Returns runs on an engine that does only what the test says. */
function setUp(refuse?: string) {
  const clock = new ManualClock(1_000);
  const logged: string[] = [];
  const store = new ExecutionStore(join(folder, "journal"), { log: (text) => logged.push(text) });
  const engineEvents = new Map<string, EngineEvents>();
  const aborted: string[] = [];
  const engine: Engine = {
    name: "docker",
    start: ({ executionId }, events) => {
      if (refuse !== undefined) throw new Error(refuse);
      engineEvents.set(executionId, events);
    },
    abort: (id) => aborted.push(id),
    recover: async () => undefined,
    close: async () => undefined,
  };
  const seen: string[] = [];
  const bucket = () => ({ folder: "/b", inServices: true, onMachine: true });
  const runs = new Runs({
    store,
    engine,
    clock,
    bucket,
    log: (line) => logged.push(line),
    seen: ({ status, at, errors }) => seen.push([status, at, ...errors].join(" ")),
  });
  const start = (body: Record<string, unknown> = {}) => {
    const { executionId: id } = runs.start(body);
    const events = engineEvents.get(id);
    return { id, events, status: () => store.run(id)?.execution.status };
  };
  return { clock, store, runs, seen, aborted, logged, start };
}
const line = { service: "a", stream: "stdout", message: "m", timestamp: "2030" } as const;

test("each step of a run is seen with its time, once, and nothing after its end counts", () => {
  const { store, runs, seen, start } = setUp();
  const { id, events } = start();
  let changes = 0;
  const stop = runs.onChange(id, () => changes++);
  events?.status("starting");
  events?.status("running");
  events?.status("starting");
  events?.line(line);
  expect(changes).toBe(3);
  stop();
  events?.ended(endOf("failed", { errors: ["e"] }));
  events?.ended(endOf("completed"));
  events?.line(line);
  expect([seen, changes]).toEqual([["pending 1000", "starting 1000", "running 1000", "failed 1000 e"], 3]);
  expect(store.run(id)?.output.next).toBe(1);
  store.close();
});

test("an engine that cannot start a run ends it with the reason", () => {
  const { store, seen, start } = setUp("no engine");
  expect(start().status()).toBe("system_failure");
  expect(seen).toEqual(["pending 1000", "system_failure 1000 Error: no engine"]);
  store.close();
});

test("a run is aborted once, and only while it is active", () => {
  const { store, runs, aborted, start } = setUp();
  const { id, events } = start();
  expect([runs.cancel(id, "stop")?.status, runs.cancel(id, "abort")?.status]).toEqual(["cancelling", "cancelling"]);
  expect([aborted, runs.cancel("local-none", "abort")]).toEqual([[id], undefined]);
  events?.ended(endOf("aborted"));
  expect([runs.cancel(id, "abort"), store.run(id)?.execution.status]).toEqual([undefined, "aborted"]);
  store.close();
});

test("when the emulator stops, runs that have begun end, and those that wait are kept for the next emulator", async () => {
  const { store, runs, start } = setUp();
  const [waiting, running, cancelled, done] = [start(), start(), start(), start()];
  running.events?.status("running");
  runs.cancel(cancelled.id, "abort");
  done.events?.ended(endOf("completed"));
  await runs.close();
  running.events?.line(line);
  const late = start();
  expect([waiting, running, cancelled, done, late].map(({ status }) => status())).toEqual([
    "pending",
    "system_failure",
    "aborted",
    "completed",
    "pending",
  ]);
  expect([late.events, store.run(running.id)?.output.next]).toEqual([undefined, 0]);
  store.close();
});

test("the next emulator starts the runs that wait, unless they need a password that is not stored", async () => {
  const before = setUp();
  const password = { docker_registry_credential_type: "basic", docker_username: "u", docker_password: "pass1" };
  const [waiting, lacking] = [before.start(), before.start(password)];
  const [starting, running] = [before.start(), before.start()];
  starting.events?.status("starting");
  running.events?.status("running");
  before.store.close();

  const after = setUp();
  await after.runs.recover();
  const errors = (id: string) => after.store.run(id)?.execution.errors.join();
  expect([waiting, lacking, starting, running].map(({ id }) => after.store.run(id)?.execution.status)).toEqual([
    "pending",
    "system_failure",
    "system_failure",
    "system_failure",
  ]);
  expect([errors(lacking.id), errors(starting.id), errors(running.id)]).toEqual([
    expect.stringContaining("does not store registry passwords"),
    expect.stringContaining("while the run was starting"),
    expect.stringContaining("a run does not outlive it"),
  ]);
  expect([after.logged, after.runs.cancel(waiting.id, "abort")?.status]).toEqual([
    ["unfinished executions found: 4"],
    "cancelling",
  ]);
  after.store.close();
});
