import { type ChildProcess, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { type Canary, scan } from "../golden/canaries";
import { waitUntil } from "../wait";
import { descendantsOf, listProcesses, marked } from "./processes";
import { start } from "./run";
import { ProcessWatcher } from "./watcher";

const onLinux = existsSync("/proc/self/stat") ? test : test.skip;
const idle = "setTimeout(() => {}, 60_000)";
let child: ChildProcess | undefined;
afterEach(() => child?.kill("SIGKILL"));

function idleProcess(args: readonly string[], env: Readonly<Record<string, string>>): ChildProcess {
  child = spawn(process.execPath, ["-e", idle, "--", ...args], { env, stdio: "ignore" });
  return child;
}

onLinux("a process is found by its mark, and among its parent's descendants", async () => {
  const mark = `mark-${process.pid}-${Date.now()}`;
  const { pid } = idleProcess([], { LYCEUM_SCENARIO: mark });
  const found = await waitUntil("the process", () => marked(`LYCEUM_SCENARIO=${mark}`)[0]);
  expect(found.pid).toBe(pid);
  expect(descendantsOf(process.pid).map((one) => one.pid)).toContain(pid);
  expect(marked(`LYCEUM_SCENARIO=${mark}-other`)).toEqual([]);
});

onLinux("the watcher sees a secret in a child's arguments and in its environment", async () => {
  const inArguments: Canary = { name: "arguments", value: `canary-${process.pid}-in-arguments` };
  const inEnvironment: Canary = { name: "environment", value: `canary-${process.pid}-in-environment` };
  const watcher = new ProcessWatcher((_fresh, all) => descendantsOf(process.pid, all));
  idleProcess([`--password=${inArguments.value}`], { DOCKER_AUTH: inEnvironment.value });
  const observed = (canary: Canary): boolean => scan(watcher.inspectedTexts(), [canary]).length > 0;
  await waitUntil("both canaries to be seen", () => observed(inArguments) && observed(inEnvironment));
  watcher.stop();
  expect(scan(watcher.inspectedTexts(), [{ name: "absent", value: `canary-${process.pid}-nowhere` }])).toEqual([]);
});

test("a command that outlives its deadline is killed with its children", async () => {
  const options = { cwd: __dirname, env: { PATH: process.env.PATH ?? "" }, deadlineSeconds: 0.3 };
  const running = start("sh", ["-c", "sleep 61 & sleep 62"], options);
  await expect(running.ended).rejects.toThrow("Not ended after 0.3 s: sh");
  await waitUntil("the group to end", () => listProcesses().every(({ command }) => !/^sleep 6[12]$/.test(command)));
});

test("what a command printed and its exit code are kept, its streams apart", async () => {
  const options = { cwd: __dirname, env: { PATH: process.env.PATH ?? "" }, deadlineSeconds: 10 };
  const result = await start("sh", ["-c", "echo out; echo err >&2; exit 3"], options).ended;
  expect(result).toEqual({ exitCode: 3, signal: null, stdout: "out\n", stderr: "err\n" });
});
