import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { thisMachine } from "./process-facts";

const { begun } = thisMachine();
// macOS has no /proc: there the begin and the state of a process are not known.
const withProc = existsSync("/proc/self/stat") ? test : test.skip;

test("a process that is not there is dead", () => expect(begun(2 ** 22 + 1)).toBe("dead"));

withProc("a process has begun after its parent", async () => {
  const child = spawn("cat", { stdio: ["pipe", "ignore", "ignore"] });
  try {
    const [parent, own] = [begun(process.pid), begun(child.pid ?? 0)];
    expect([typeof parent, typeof own]).toEqual(["number", "number"]);
    expect(Number(own)).toBeGreaterThan(Number(parent));
  } finally {
    child.kill("SIGKILL");
    await once(child, "exit");
  }
});

withProc("a process that has ended is dead before its parent has asked for its exit code", async () => {
  // The shell becomes a program that never asks. Only then does the child end: the shell itself may ask.
  const child = "until read name < /proc/$PPID/comm && [ $name = cat ]; do :; done";
  const parent = spawn("sh", ["-c", `sh -c '${child}' & echo $!; exec cat`], { stdio: ["pipe", "pipe", "ignore"] });
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
