import { appendFile, mkdtemp, open as openAt, readdir, readFile, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import { join } from "node:path";
import type { Engine } from "./engines/engine";
import { JOURNAL } from "./store/data-folder";
import type { JournalFile, OpenFile } from "./store/journal";
import { compose, startTestEmulator, type TestEmulator } from "./testing/emulator";

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

/** The file of the records, some of it replaced. */
function opening(replaced: (file: JournalFile) => Partial<JournalFile>): OpenFile {
  return async (path) => {
    await appendFile(path, "");
    const file = await openAt(path, "r+");
    const own: JournalFile = {
      read: file.read.bind(file),
      write: file.write.bind(file),
      truncate: file.truncate.bind(file),
      datasync: file.datasync.bind(file),
      close: file.close.bind(file),
    };
    return { ...own, ...replaced(own) };
  };
}

async function stop(emulator: TestEmulator): Promise<void> {
  open.splice(open.indexOf(emulator), 1);
  await emulator.close();
}

test("records, lines, counters and the ledger outlive a restart", async () => {
  const before = await start();
  const id = await before.start("{run: 1, output: [kept]}", { file_name: "label" });
  await before.advance(10);
  const record = (await before.call("GET", `/execution/${id}`)).body;
  await stop(before);

  const after = await start();
  expect((await after.call("GET", `/execution/${id}`)).body).toEqual(record);
  expect((await after.call("GET", `/logs/execution/${id}`)).body.logs).toMatchObject([{ message: "kept" }]);
  expect((await after.call("GET", "/billing/history")).body.counts_by_status).toEqual({ completed: 1 });
  expect((await after.control("GET", "/executions")).body).toMatchObject([{ executionId: id, sequence: 1 }]);
  await after.start("{}");
  expect((await after.control("GET", "/executions")).body).toMatchObject([{ sequence: 1 }, { sequence: 2 }]);
});

test("a start that had not begun to run is repeated, under its id; what ran is reported as the platform's error", async () => {
  const before = await start();
  const waiting = await before.start("{queue: 50, run: 1}");
  const running = await before.start("{start: 0, run: 50}");
  await before.advance(1);
  await stop(before);

  const after = await start();
  expect(await after.status(running)).toBe("system_failure");
  expect(await after.status(waiting)).toBe("pending");
  await after.advance(55);
  expect(await after.status(waiting)).toBe("completed");
});

test("after a crash too, and an abort that was asked for is not forgotten", async () => {
  // An engine that takes starts and never says anything: what is left behind is what a crash leaves.
  const taken: string[] = [];
  const mute = (started: string[]): Engine => ({
    name: "docker",
    start: (run, events) => {
      taken.push(run.executionId);
      if (started.includes(run.composeFileCode)) events.status("running");
    },
    abort: () => {},
    recover: async () => {},
    close: async () => {},
  });
  // Nothing is written while it stops, as nothing is in a crash.
  const crashing = opening((file) => ({
    write: async (bytes, ...place) => (stopping ? { bytesWritten: bytes.length } : file.write(bytes, ...place)),
  }));
  let stopping = false;
  const before = await start({ createEngine: async () => mute([compose("{run: 2}")]), openFile: crashing });
  const waiting = await before.start("{run: 1}");
  const running = await before.start("{run: 2}");
  const given = await before.start("{run: 3}");
  await before.call("POST", `/workloads/abort/${running}`);
  await before.call("POST", `/workloads/abort/${given}`);
  stopping = true;
  await stop(before);
  taken.length = 0;

  const after = await start({ createEngine: async () => mute([]) });
  expect(taken).toEqual([waiting]);
  expect([await after.status(waiting), await after.status(running), await after.status(given)]).toEqual([
    "pending",
    "aborted",
    "aborted",
  ]);
});

test("a second emulator on the same data is refused in words", async () => {
  await start();
  await expect(start()).rejects.toThrow(
    `The data folder ${dataDirectory} is in use by another emulator (process ${process.pid}).`,
  );
});

test("what a killed emulator leaves behind keeps nobody out", async () => {
  await stop(await start());
  // Process numbers come again, in a container above all.
  await writeFile(join(dataDirectory, "process"), String(process.pid));
  await start();
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

test("a temporary data folder goes with the emulator", async () => {
  jest.spyOn(os, "tmpdir").mockReturnValue(dataDirectory);
  const emulator = await startTestEmulator();
  open.push(emulator);
  expect(await readdir(dataDirectory)).toHaveLength(1);
  await stop(emulator);
  expect(await readdir(dataDirectory)).toEqual([]);
});

describe("a store that fails", () => {
  /** Fails while told to; `reaches` says how much of a failing write gets to the disk all the same. */
  function failing(options: { reaches: "all" | "half" | "nothing" }) {
    const switched = { isFailing: false };
    const openFile = opening((file) => ({
      async write(bytes, from, length, at) {
        if (!switched.isFailing) return file.write(bytes, from, length, at);
        const parts = { all: length, half: length >> 1, nothing: 0 };
        await file.write(bytes, from, parts[options.reaches], at);
        throw new Error("no space left on device");
      },
    }));
    return { switched, openFile };
  }

  test.each(["all", "half", "nothing"] as const)(
    "answers 500 to a start of which the disk got %s, and has none of it",
    async (reaches) => {
      const { switched, openFile } = failing({ reaches });
      const emulator = await start({ openFile });
      switched.isFailing = true;
      const answer = await emulator.call("POST", "/execution/compose/start", { compose_file_code: compose("{}") });
      expect([answer.status, answer.body]).toEqual([
        500,
        { detail: "The emulator could not do this: no space left on device" },
      ]);
      expect((await emulator.call("GET", "/health/ping")).status).toBe(200);
      switched.isFailing = false;
      const id = await emulator.start("{run: 1}");
      await emulator.advance(10);
      const ledger = (await emulator.control("GET", "/executions")).body;
      expect(ledger).toMatchObject([{ executionId: id, sequence: 1 }]);
      const history = (await emulator.call("GET", "/billing/history")).body;
      expect(history).toMatchObject({ total_executions: 1, counts_by_status: { completed: 1 } });
      await stop(emulator);
      const again = await start();
      expect((await again.call("GET", "/billing/history")).body).toMatchObject({
        executions: [{ execution_id: id }],
        counts_by_status: { completed: 1 },
      });
    },
  );

  test("keeps the end of a run until it can be written; until then nobody sees it", async () => {
    const { switched, openFile } = failing({ reaches: "nothing" });
    const emulator = await start({ openFile });
    const id = await emulator.start("{start: 0, run: 5, output: [last words]}");
    await emulator.advance(1);
    switched.isFailing = true;
    await emulator.advance(10);
    expect(await emulator.status(id)).toBe("running");
    expect((await emulator.call("GET", `/logs/execution/${id}`)).body.logs).toHaveLength(1);
    switched.isFailing = false;
    await emulator.advance(1);
    expect((await emulator.call("GET", `/execution/${id}`)).body).toMatchObject({
      status: "completed",
      stdout: "last words\n",
    });
  });

  test("answers 500 to an abort, and then the run was not aborted", async () => {
    const { switched, openFile } = failing({ reaches: "nothing" });
    const emulator = await start({ openFile });
    const id = await emulator.start("{start: 0, run: 5}");
    await emulator.advance(1);
    switched.isFailing = true;
    expect((await emulator.call("POST", `/workloads/abort/${id}`)).status).toBe(500);
    switched.isFailing = false;
    await emulator.advance(10);
    expect(await emulator.status(id)).toBe("completed");
  });
});
