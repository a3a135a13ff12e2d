import { spawn } from "node:child_process";
import { once } from "node:events";
import {
  chmodSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { ownProcesses } from "./own-processes";

/** On other systems, no process is noted, because the system does not show which processes run. */
const onLinux = process.platform === "linux" ? test : test.skip;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "own-processes-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Starts a process with the name of the Pulumi CLI. The process runs until its input ends. */
function startPulumi(...args: readonly string[]) {
  const file = join(folder, "pulumi");
  // The file of a running program cannot be written, so the file is copied only once.
  if (!existsSync(file)) copyFileSync("/bin/cat", file);
  return spawn(file, args, { cwd: folder, stdio: ["pipe", "ignore", "ignore"] });
}

/** The largest number of checks in a wait. A busy machine may need seconds to start a process. */
const MOST_TURNS = 3000;

/** Waits for a condition. If it never becomes true, the test goes on, and its next check shows the actual values. */
async function until(condition: () => boolean): Promise<void> {
  for (let turn = 0; turn < MOST_TURNS && !condition(); turn += 1)
    await new Promise((resolve) => setTimeout(resolve, 10));
}

onLinux("a process of the Pulumi CLI is noted while it runs, and its note proves that it has ended", async () => {
  const notes = join(folder, "notes");
  const processes = ownProcesses(notes);
  const forget = processes.note();
  const child = startPulumi();
  await until(() => processes.noted().length > 0);
  const [noted] = processes.noted();
  expect(noted).toMatchObject({ host: hostname(), pid: child.pid, isAlive: true });
  child.kill("SIGKILL");
  await once(child, "exit");
  expect(processes.noted()).toMatchObject([{ pid: child.pid, isAlive: false }]);
  // A killed command leaves its note for the next command.
  const [left] = ownProcesses(notes).noted();
  expect(left && [processes.claim(left), processes.claim(left)]).toEqual([true, false]);
  forget(true);
});

onLinux("of commands for several stacks, each notes its own process, and removes no other note", async () => {
  const notes = join(folder, "notes");
  const processes = ownProcesses(notes);
  const forgetDev = processes.note({ folder, stack: "dev" });
  const forgetProd = processes.note({ folder, stack: "prod" });
  const forgetOther = processes.note({ folder: notes, stack: "dev" });
  const [dev, prod] = [startPulumi("-", "dev"), startPulumi("-", "prod")];
  await until(() => processes.noted().length > 1);
  dev.kill("SIGKILL");
  prod.stdin.end();
  await Promise.all([once(dev, "exit"), once(prod, "exit")]);
  forgetDev(true);
  for (const forget of [forgetProd, forgetOther]) forget(false);
  expect(processes.noted().map(({ pid }) => pid)).toEqual([dev.pid]);
});

onLinux("the note of a command that was killed stays, and goes after a month", async () => {
  const notes = join(folder, "notes");
  const processes = ownProcesses(notes);
  const forget = processes.note();
  const child = startPulumi();
  await until(() => processes.noted().length > 0);
  child.kill("SIGKILL");
  forget(true);
  const [noted] = processes.noted();
  expect(noted).toMatchObject({ pid: child.pid });
  const old = Date.now() - 31 * 24 * 3_600_000;
  writeFileSync(noted?.file ?? "", JSON.stringify({ machine: "m", host: "h", pid: 1, ticks: "1", startedAt: old }));
  ownProcesses(notes).note()(false);
  expect(readdirSync(notes)).toEqual([]);
});

onLinux("a command that ended by itself leaves no note", async () => {
  const notes = join(folder, "notes");
  const processes = ownProcesses(notes);
  const forget = processes.note();
  const child = startPulumi();
  await until(() => processes.noted().length > 0);
  forget(false);
  expect(readdirSync(notes)).toEqual([]);
  child.kill();
});

onLinux("notes of another boot or container, broken ones, and a folder that others can write prove nothing", () => {
  const processes = ownProcesses(folder);
  const note = { machine: "another boot pid:[1]", host: hostname(), pid: 1, ticks: "1", startedAt: 1 };
  writeFileSync(join(folder, "1-1.json"), JSON.stringify(note));
  writeFileSync(join(folder, "2-1.json"), "{");
  for (const [at, part] of Object.keys(note).entries()) {
    const { [part as keyof typeof note]: _left, ...rest } = note;
    writeFileSync(join(folder, `3-${at}.json`), JSON.stringify(rest));
  }
  expect(processes.noted()).toEqual([]);
  chmodSync(folder, 0o777);
  expect(processes.noted()).toEqual([]);
  expect(ownProcesses(join(folder, "missing")).noted()).toEqual([]);
});

onLinux("files that are no notes stay, also behind a link that another user made", () => {
  const others = join(folder, "others");
  mkdirSync(others);
  writeFileSync(join(others, "id_ed25519"), "key");
  writeFileSync(join(others, "1-1.json"), "not a note");
  symlinkSync(others, join(folder, "link"));
  for (const place of [others, join(folder, "link"), join(others, "id_ed25519")]) {
    const processes = ownProcesses(place);
    processes.note()(false);
    expect(processes.noted()).toEqual([]);
  }
  expect(readdirSync(others).sort()).toEqual(["1-1.json", "id_ed25519"]);
});
