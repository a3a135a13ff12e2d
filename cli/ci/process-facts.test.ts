import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { thisMachine } from "./process-facts";

const { begun } = thisMachine();
const withProc = existsSync("/proc/self/stat") ? test : test.skip;

test("a process that lives began before now, and one that is not there is dead", () => {
  const at = begun(process.pid);
  expect(at === "alive" || (typeof at === "number" && at <= Date.now() + 5000)).toBe(true);
  expect(begun(2 ** 22 + 1)).toBe("dead");
});

// There are no such states to read without /proc.
withProc("a process that has ended is dead before its parent has asked for its exit code", async () => {
  // The shell becomes a program that never asks.
  const parent = spawn("sh", ["-c", "sh -c 'exit 0' & echo $!; exec cat"], { stdio: ["pipe", "pipe", "ignore"] });
  try {
    const [printed] = (await once(parent.stdout, "data")) as [Buffer];
    const pid = Number(String(printed).trim());
    while (begun(pid) !== "dead") await new Promise((done) => setImmediate(done));
    // It is still in the table of processes.
    expect(() => process.kill(pid, 0)).not.toThrow();
  } finally {
    parent.kill("SIGKILL");
    await once(parent, "exit");
  }
});
