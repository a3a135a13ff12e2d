import { mkdtempSync, readFileSync, rmSync } from "node:fs";
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

function fail(message = "no run"): never {
  throw new Error(message);
}
