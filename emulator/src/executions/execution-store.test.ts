import { mkdtempSync, readFileSync, rmSync, writeFileSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { accepted, advanced, type Execution } from "./execution";
import { ExecutionStore } from "./execution-store";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "execution-store-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const execution: Execution = advanced(
  accepted({ executionId: "local-1", sequence: 1, fileName: null, machine: "cpu", at: 0 }),
  "running",
  1,
);
const line = (message: string) => ({ service: "app", stream: "stdout" as const, message, timestamp: "2030-01-01" });

test("each line of a run that goes on after a restart is stored once", () => {
  const path = join(folder, "journal.jsonl");
  const open = () => new ExecutionStore(path, { log: fail });
  const first = open();
  const run = first.start({}, () => execution);
  for (const message of ["0", "1"]) first.addLine(run, line(message));
  first.close();

  const second = open();
  const again = second.run("local-1") ?? fail();
  second.addLine(again, line("2"));
  second.update(again, { ...execution, status: "completed" });
  second.close();
  expect(readFileSync(path, "utf8").match(/"message":"\d"/g)).toEqual(["0", "1", "2"].map((n) => `"message":"${n}"`));

  const third = open();
  const output = third.run("local-1")?.output;
  expect([output?.from().map(({ message }) => message), output?.next]).toEqual([["0", "1", "2"], 3]);
  third.close();
});

test("of long output, the newest lines are in the file only after the end of the run", async () => {
  const path = join(folder, "journal.jsonl");
  const store = new ExecutionStore(path, { log: fail });
  const run = store.start({}, () => execution);
  // Without its line end, each line of the file has 10 000 characters.
  for (let count = 0; count < 300; count++) store.addLine(run, line(`${count} `.padEnd(9_890, "x")));
  await new Promise(setImmediate);
  const written = () => readFileSync(path, "utf8").match(/"message":"\d+/g)?.length;
  expect(written()).toBe(201);
  store.update(run, { ...execution, status: "completed" });
  expect(written()).toBe(300);
  store.close();
});

test("a start that cannot be written does not exist, and a change that cannot be written is reported", () => {
  const path = join(folder, "journal.jsonl");
  const logged: string[] = [];
  let isFull = true;
  const write = (file: number, bytes: Buffer, at: number) =>
    writeSync(file, bytes, 0, isFull ? bytes.length - 1 : bytes.length, at);
  const store = new ExecutionStore(path, { log: (text) => logged.push(text), write });
  expect(() => store.start({}, () => execution)).toThrow("no space left on device");
  expect([store.all(), readFileSync(path, "utf8")]).toEqual([[], ""]);
  isFull = false;
  const run = store.start({}, () => execution);
  isFull = true;
  store.update(run, { ...execution, status: "completed" });
  expect([run.execution.status, logged]).toEqual(["completed", [expect.stringContaining("local-1: not stored")]]);
  store.close();
  expect(new ExecutionStore(path, { log: fail }).run("local-1")?.execution.status).toBe("running");
});

test("a record that is deleted is not found, and its run is still active", () => {
  const store = new ExecutionStore(join(folder, "journal.jsonl"), { log: fail });
  const run = store.start({}, () => execution);
  const other = store.start({}, (sequence) => ({ ...execution, executionId: "local-2", sequence }));
  store.update(run, { ...execution, recordDeleted: true });
  store.update(other, { ...other.execution, status: "completed" });
  expect([store.find("local-1"), store.run("local-1"), store.find("local-9")]).toEqual([undefined, run, undefined]);
  expect(store.active().map(({ executionId }) => executionId)).toEqual(["local-1"]);
  expect(store.history().map(({ executionId, sequence }) => [executionId, sequence])).toEqual([["local-2", 2]]);
  store.close();
});

test.each([
  ["a run that was never started", '{"id":"local-1","lines":[]}\n', "the run local-1 was never started"],
  ["an id that is a path", '{"start":{"executionId":"../x"},"body":{}}\n', "../x is no id of an emulator"],
])("a file with %s cannot be used", (_what, text, reason) => {
  writeFileSync(join(folder, "journal.jsonl"), text);
  expect(() => new ExecutionStore(join(folder, "journal.jsonl"), { log: fail })).toThrow(
    `the entry at byte 0 is damaged (${reason})`,
  );
});

function fail(message = "no run"): never {
  throw new Error(message);
}
