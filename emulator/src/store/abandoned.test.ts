import fs, { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { emulatorsFolder, lockDataFolder, removeAbandonedFolders, temporaryFolder } from "./data-folder";
import { ownerText, processesHere } from "./owner";

jest.mock("node:fs", () => ({ ...jest.requireActual("node:fs") }));

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "abandoned-"));
});
afterEach(() => jest.restoreAllMocks());
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test("temporary folders of ended emulators are removed, and nothing else", () => {
  const { own } = processesHere();
  const ofOwner = (more: object) => `temporary-${ownerText({ ...own, ...more }).replaceAll(":", ".")}`;
  const kept = [basename(temporaryFolder(folder)), ofOwner({ machine: "other", pid: 2 ** 30 }), "1", "temporary-x"];
  for (const name of [...kept, ofOwner({ pid: 2 ** 30 }), ofOwner({ started: "1" })]) mkdirSync(join(folder, name));
  removeAbandonedFolders(folder);
  expect(readdirSync(folder).sort()).toEqual([...kept].sort());
});

test("files of another user are left with the command that removes them, and all other folders are removed", () => {
  const { own } = processesHere();
  const pathOf = (pid: number) => join(folder, `temporary-${ownerText({ ...own, pid }).replaceAll(":", ".")}`);
  for (const pid of [2 ** 30, 2 ** 30 + 1]) mkdirSync(pathOf(pid));
  const { rmSync: remove } = jest.requireActual<typeof fs>("node:fs");
  jest.spyOn(fs, "rmSync").mockImplementation((path, options) => {
    if (path === pathOf(2 ** 30)) throw new Error("EACCES: permission denied");
    remove(path, options);
  });
  const [problem, ...more] = removeAbandonedFolders(folder);
  expect(problem).toMatch(/EACCES: permission denied\. .* with: sudo rm -r ".*"$/);
  expect([more, readdirSync(folder).map((name) => join(folder, name))]).toEqual([[], [pathOf(2 ** 30)]]);
});

test("a folder that does not exist has nothing to remove", () => {
  expect(() => removeAbandonedFolders(join(folder, "none"))).not.toThrow();
});

test("each machine has a folder of its own, which the environment can move", () => {
  expect(emulatorsFolder({ XDG_STATE_HOME: "/s" }, "m")).toBe("/s/pulumi-lyceum/emulators/m");
});

test("a lock whose process id now belongs to another process does not count", () => {
  const { own, startOf } = processesHere();
  const lock = (started: string) =>
    writeFileSync(join(folder, "process"), `${process.ppid}\n${ownerText({ ...own, pid: process.ppid, started })}`);
  lock(startOf(process.ppid) ?? "");
  expect(() => lockDataFolder(folder)).toThrow("is in use by another emulator");
  lock("1");
  expect(lockDataFolder(folder)).toBeInstanceOf(Function);
});

test.each<[string, number]>([
  ["an id that no process has here", 2 ** 30],
  ["the id of this process, as in another container", process.pid],
])(
  "the lock of a foreign process with %s counts, unless a restarted container must get its folder back",
  (_what, pid) => {
    const foreign = ownerText({ ...processesHere().own, machine: "other", pid });
    writeFileSync(join(folder, "process"), `${pid}\n${foreign}`);
    expect(() => lockDataFolder(folder, "in-use")).toThrow(`is in use by another emulator (process ${pid})`);
    lockDataFolder(folder, "by-pid")();
    lockDataFolder(folder, "in-use")();
  },
);
