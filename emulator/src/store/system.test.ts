import { spawn } from "node:child_process";
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { answerOf, bootHere, machineId, namespaceHere, short, startByPs, startOf, UNKNOWN_BOOT } from "./system";

const before = { ...process.env };
let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "system-"));
});
afterEach(() => {
  process.env = { ...before };
  rmSync(folder, { recursive: true });
});

/** Puts a program at the beginning of PATH. */
function fake(name: string, script: string): void {
  writeFileSync(join(folder, name), `#!/bin/sh\n${script}\n`);
  chmodSync(join(folder, name), 0o755);
  process.env.PATH = `${folder}:${before.PATH}`;
}

test("the start of a process does not depend on the caller's time zone or language", () => {
  // The output of the real `ps` depends on the time zone and the language.
  fake("ps", 'echo "$TZ $LC_ALL"');
  Object.assign(process.env, { TZ: "Asia/Tokyo", LC_ALL: "de_DE.UTF-8" });
  const there = startByPs(process.pid);
  Object.assign(process.env, { TZ: "America/Lima", LC_ALL: "C.UTF-8" });
  expect([there, answerOf("ps")]).toEqual([startByPs(process.pid), "UTC0 C"]);
});

test("a command of the system is found although PATH does not have its folder", () => {
  process.env.PATH = folder;
  expect(answerOf("/bin/sh", "-c", "echo $PATH")).toMatch(/:\/usr\/sbin:\/sbin$/);
  expect(answerOf("no-such-command-of-the-system")).toBe("");
});

test("a process that has ended has no start", () => {
  expect(startOf(process.pid)).toMatch(/^\w+$/);
  expect(startOf(2 ** 30)).toBeUndefined();
});

// Without /proc, `startOf` asks `ps`, whose output this test cannot compare. Another test uses `ps`.
const onLinux = existsSync("/proc/self/stat") ? test : test.skip;

onLinux("the start of a process is its time in hundredths of a second", () => {
  const child = spawn("sleep", ["600"]);
  const seconds = (Number(startOf(child.pid ?? 0)) - Number(startOf(process.pid))) / 100;
  expect(Math.abs(process.uptime() - seconds)).toBeLessThan(60);
  child.kill();
});

onLinux("a process that has ended, and that nobody has asked about, has no start", () => {
  const { pid = 0 } = spawn("true", { stdio: "ignore" });
  // Node removes an ended child only between two events. So this child stays a zombie while this function runs.
  let stat: string;
  do stat = readFileSync(`/proc/${pid}/stat`, "utf8");
  while (!stat.includes(") Z"));
  expect(startOf(pid)).toBeUndefined();
});

test("a system without /proc shows the start of a process by `ps`, or not at all", () => {
  fake("ps", "echo Mon Jan 1; exit 0");
  expect(startByPs(process.pid)).toBe(short("Mon Jan 1"));
  fake("ps", "exit 1");
  expect(startByPs(process.pid)).toBe("");
});

test("this machine has a boot, an id if the system has one, and a namespace", () => {
  fake("ioreg", `echo '"IOPlatformUUID" = "A-1"'`);
  fake("sysctl", "echo boot");
  const textOf = (path: string) => (existsSync(path) ? readFileSync(path, "utf8").trim() : "");
  expect(machineId()).toBe(textOf("/etc/machine-id") || "A-1");
  expect(bootHere()).toBe(short(textOf("/proc/sys/kernel/random/boot_id") || "boot"));
  expect([short("boot"), UNKNOWN_BOOT]).toEqual([expect.stringMatching(/^[0-9a-f]{12}$/), "unknown"]);
  expect(namespaceHere()).toMatch(existsSync("/proc/self/ns/pid") ? /^[1-9]\d*$/ : /^0$/);
});
