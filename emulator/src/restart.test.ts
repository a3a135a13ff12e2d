import { writeSync } from "node:fs";
import { appendFile, mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import os from "node:os";
import { join } from "node:path";
import { type Engine, endOf } from "./engines/engine";
import type { StoreEffects } from "./executions/execution-store";
import { JOURNAL } from "./store/data-folder";
import { compose, route, startTestEmulator, type TestEmulator } from "./testing/emulator";

let dataDirectory: string;
const open: TestEmulator[] = [];
beforeEach(async () => {
  dataDirectory = await mkdtemp(join(os.tmpdir(), "emulator-test-"));
});
afterEach(async () => {
  jest.restoreAllMocks();
  for (const emulator of open.splice(0)) await emulator.close();
  await rm(dataDirectory, { recursive: true, force: true });
});

async function start(options: Parameters<typeof startTestEmulator>[0] = {}): Promise<TestEmulator> {
  const emulator = await startTestEmulator({ dataDirectory, ...options });
  open.push(emulator);
  return emulator;
}

async function stop(emulator: TestEmulator): Promise<void> {
  open.splice(open.indexOf(emulator), 1);
  await emulator.close();
}

test("records, lines, counters and the ledger outlive a restart", async () => {
  const before = await start();
  const id = await before.start("{run: 1, output: [kept]}", { file_name: "label" });
  await before.advance(10);
  const record = (await before.call(...route("getExecution", id))).body;
  await stop(before);

  const after = await start();
  expect((await after.call(...route("getExecution", id))).body).toEqual(record);
  expect((await after.call(...route("getExecutionLogs", id))).body.logs).toMatchObject([{ message: "kept" }]);
  expect((await after.call(...route("getBillingHistory"))).body.counts_by_status).toEqual({ completed: 1 });
  expect((await after.control("GET", "/executions")).body).toMatchObject([{ executionId: id, sequence: 1 }]);
  await after.start("{}");
  expect((await after.control("GET", "/executions")).body).toMatchObject([{ sequence: 1 }, { sequence: 2 }]);
});

test("of long output, the same lines outlive a restart, and the file does not grow with it", async () => {
  const engine: Engine = {
    name: "docker",
    start(_run, events) {
      events.status("running");
      const timestamp = new Date().toISOString();
      for (let line = 1; line <= 100_000; line++)
        events.line({ service: "app", stream: "stdout", message: `line ${line}`, timestamp });
      events.ended(endOf("failed", { returnCode: 3 }));
    },
    abort() {},
    async recover() {},
    async close() {},
  };
  const before = await start({ engine });
  const id = await before.start("{}");
  const logs = async (emulator: TestEmulator) =>
    (await emulator.call(...route("getExecutionLogs", id, "?limit=10000&hours=168"))).body;
  const kept = await logs(before);
  expect(kept.total).toBe(100_000);
  expect(kept.logs.at(-1)).toMatchObject({ message: "line 100000" });
  await stop(before);
  expect((await readFile(join(dataDirectory, JOURNAL))).length).toBeLessThan(5_000_000);
  const after = await start();
  expect(await logs(after)).toMatchObject({
    logs: kept.logs.map(({ message }: { message: string }) => ({ message })),
    total: 100_000,
  });
});

test("a pending run starts with its id; a starting or running run ends with the platform's error", async () => {
  const before = await start();
  const waiting = await before.start("{queue: 50, run: 1}");
  const starting = await before.start("{start: 50}");
  const running = await before.start("{start: 0, run: 50}");
  await before.advance(1);
  await stop(before);

  const after = await start();
  expect([await after.status(running), await after.status(starting)]).toEqual(["system_failure", "system_failure"]);
  expect(await after.status(waiting)).toBe("pending");
  await after.advance(55);
  expect(await after.status(waiting)).toBe("completed");
});

test("a crash has the same effect as a restart, and a requested abort is not forgotten", async () => {
  // An engine that accepts starts and never reports anything. After its use, the data looks as it does after a crash.
  const taken: string[] = [];
  const halfway = compose("{run: 4}");
  const mute = (started: string[]): Engine => ({
    name: "docker",
    start: (run, events) => {
      taken.push(run.executionId);
      if (started.includes(run.composeFileCode))
        events.status(run.composeFileCode === halfway ? "starting" : "running");
    },
    abort: () => {},
    recover: async () => {},
    close: async () => {},
  });
  // While the emulator stops, nothing is written, as in a crash.
  let stopping = false;
  const write: StoreEffects["write"] = (file, bytes, at) =>
    stopping ? bytes.length : writeSync(file, bytes, 0, bytes.length, at);
  const before = await start({ engine: mute([compose("{run: 2}"), halfway]), write });
  const waiting = await before.start("{run: 1}");
  const running = await before.start("{run: 2}");
  const given = await before.start("{run: 3}");
  const starting = await before.start("{run: 4}");
  await before.call(...route("abortWorkload", running));
  await before.call(...route("abortWorkload", given));
  stopping = true;
  await stop(before);
  taken.length = 0;

  const after = await start({ engine: mute([]) });
  expect(taken).toEqual([waiting]);
  expect([await after.status(waiting), await after.status(running), await after.status(given)]).toEqual([
    "pending",
    "aborted",
    "aborted",
  ]);
  // The containers of the run may already have done something, so the run is not started a second time.
  expect((await after.call(...route("getExecution", starting))).body).toMatchObject({
    status: "system_failure",
    errors: expect.stringMatching(/^The emulator ended while the run was starting\. The run is not started again/),
  });
});

test("a last record that a crash has cut is dropped", async () => {
  const before = await start();
  const id = await before.start("{run: 1}");
  await stop(before);
  const journal = join(dataDirectory, JOURNAL);
  const whole = await readFile(journal, "utf8");
  await appendFile(journal, '{"start":{"executionId":"local-cut",');
  const after = await start();
  expect((await after.control("GET", "/executions")).body).toMatchObject([{ executionId: id }]);
  await stop(after);
  expect((await readFile(journal, "utf8")).startsWith(whole)).toBe(true);
});

test("a temporary data folder is removed with the emulator", async () => {
  jest.spyOn(os, "tmpdir").mockReturnValue(dataDirectory);
  const emulator = await startTestEmulator();
  open.push(emulator);
  expect(await readdir(dataDirectory)).toHaveLength(1);
  await stop(emulator);
  expect(await readdir(dataDirectory)).toEqual([]);
});

test.each([
  ["all", 1],
  ["half", 0.5],
  ["nothing", 0],
])("when a full disk takes %s of a start, the answer is 500, and no part of it is stored", async (_what, part) => {
  let isFull = false;
  const write: StoreEffects["write"] = (file, bytes, at) => {
    const written = writeSync(file, bytes, 0, isFull ? Math.floor(bytes.length * part) : bytes.length, at);
    if (isFull) throw new Error("no space left on device");
    return written;
  };
  const emulator = await start({ write });
  const going = await emulator.start("{run: 5}");
  isFull = true;
  const answer = await emulator.call(...route("startComposeExecution"), { compose_file_code: compose("{}") });
  expect([answer.status, answer.body]).toEqual([
    500,
    { detail: "The emulator could not do this: no space left on device" },
  ]);
  // A run that was already running still ends, although its end cannot be written.
  await emulator.advance(10);
  expect(await emulator.status(going)).toBe("completed");
  isFull = false;
  const id = await emulator.start("{run: 1}");
  await emulator.advance(10);
  await stop(emulator);
  const again = await start();
  expect((await again.control("GET", "/executions")).body).toMatchObject([
    { executionId: going, sequence: 1 },
    { executionId: id, sequence: 2, status: "completed" },
  ]);
});
