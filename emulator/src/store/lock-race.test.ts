import fs, { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { lockDataFolder } from "./data-folder";
import { ownerText, processesHere } from "./owner";

jest.mock("node:fs", () => ({ ...jest.requireActual("node:fs") }));

const actual = jest.requireActual<typeof fs>("node:fs");
let folder = "";
let path = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "lock-race-"));
  path = join(folder, "process");
});
afterEach(() => {
  jest.restoreAllMocks();
  rmSync(folder, { recursive: true });
});

const { own, startOf } = processesHere();
const lockTextOf = (pid: number, started: string) => `${pid}\n${ownerText({ ...own, pid, started })}`;
/** The lock of an emulator that has ended, and of one that runs. */
const stale = lockTextOf(2 ** 30, "1");
const running = lockTextOf(process.ppid, startOf(process.ppid) ?? "");

test("a lock has its content from its first moment on", () => {
  const seen: string[] = [];
  jest.spyOn(fs, "writeFileSync").mockImplementation((file, data, options) => {
    actual.writeFileSync(file, data, options);
    seen.push(...readdirSync(folder));
  });
  const unlock = lockDataFolder(folder);
  expect(seen).toEqual([expect.stringMatching(/^process\.[\w-]+\.tmp$/)]);
  expect([readdirSync(folder), readFileSync(path, "utf8")]).toEqual([["process"], lockTextOf(own.pid, own.started)]);
  unlock();
});

test("of two emulators that find the lock of an ended one, only one gets the folder", () => {
  writeFileSync(path, stale);
  // Between the moments at which this emulator reads and renames the lock, another emulator replaces the lock.
  jest.spyOn(fs, "renameSync").mockImplementation((from, to) => {
    actual.writeFileSync(path, running);
    actual.renameSync(from, to);
  });
  expect(() => lockDataFolder(folder)).toThrow(`is in use by another emulator (process ${process.ppid})`);
  expect([readdirSync(folder), readFileSync(path, "utf8")]).toEqual([["process"], running]);
});

test("if another emulator has only removed the lock of an ended one, this one gets the folder", () => {
  writeFileSync(path, stale);
  jest.spyOn(fs, "renameSync").mockImplementation((from, to) => {
    actual.rmSync(path);
    actual.renameSync(from, to);
  });
  lockDataFolder(folder)();
  expect(readdirSync(folder)).toEqual([]);
});

test("what a crash has left of a lock does not prevent a start", () => {
  writeFileSync(join(folder, "process.7-a.tmp"), "");
  lockDataFolder(folder)();
  expect(readdirSync(folder)).toEqual(["process.7-a.tmp"]);
});

test("a file system without hard links has locks too", () => {
  jest.spyOn(fs, "linkSync").mockImplementation(() => {
    throw Object.assign(new Error("not permitted"), { code: "EPERM" });
  });
  writeFileSync(path, running);
  expect(() => lockDataFolder(folder)).toThrow("is in use by another emulator");
  writeFileSync(path, stale);
  lockDataFolder(folder)();
  expect(readdirSync(folder)).toEqual([]);
});

test("an old lock that cannot be renamed is an error, and no second emulator gets the folder", () => {
  writeFileSync(path, stale);
  jest.spyOn(fs, "renameSync").mockImplementation(() => {
    throw Object.assign(new Error("denied"), { code: "EACCES" });
  });
  expect(() => lockDataFolder(folder)).toThrow("denied");
  expect(readdirSync(folder)).toEqual(["process"]);
});
