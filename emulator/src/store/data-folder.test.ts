import { chmod, mkdtemp, readdir, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startTestEmulator } from "../testing/emulator";
import { JOURNAL, lockDataFolder } from "./data-folder";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "data-folder-"));
});
afterEach(() => rm(folder, { recursive: true }));

test("only the owner may read the folder and its records, and the error of a damaged store has a remedy", async () => {
  const data = join(folder, "data");
  const first = await startTestEmulator({ dataDirectory: data });
  const modes = await Promise.all([data, join(data, JOURNAL)].map(async (path) => (await stat(path)).mode & 0o777));
  expect(modes).toEqual([0o700, 0o600]);
  await first.close();
  await writeFile(join(data, JOURNAL), 'nonsense\n{"start": 1}\n');
  await expect(startTestEmulator({ dataDirectory: data })).rejects.toThrow(
    /^The records in .*data cannot be read: the entry at byte 0 is damaged .* Move that folder away, or give the emulator another one with --data\.$/,
  );
});

test.each([
  ["no lock", undefined],
  ["a lock that a crash has left", "999999999"],
  ["a lock that a crash has cut", ""],
  ["a lock of process 0, which signals would take for a group", "0"],
  ["a lock of a group of processes", "-1"],
  ["a lock of half a process", "1.5"],
  ["a lock of an earlier process with the same number, as in a container", String(process.pid)],
])("with %s, the folder is locked, once", async (_what, left) => {
  if (left !== undefined) await writeFile(join(folder, "process"), left);
  const giveBack = lockDataFolder(folder);
  expect(() => lockDataFolder(folder)).toThrow(
    `The data folder ${folder} is in use by another emulator (process ${process.pid}).`,
  );
  giveBack();
  expect(await readdir(folder)).toEqual([]);
});

test("a folder that another running process uses cannot be locked", async () => {
  await writeFile(join(folder, "process"), String(process.ppid));
  expect(() => lockDataFolder(folder)).toThrow(`(process ${process.ppid})`);
});

test("a folder with other files is refused, and not changed", async () => {
  await writeFile(join(folder, "notes.txt"), "mine");
  await writeFile(join(folder, "process"), "mine, too");
  expect(() => lockDataFolder(folder)).toThrow(`The data folder ${folder} holds other things (notes.txt).`);
  expect((await readdir(folder)).sort()).toEqual(["notes.txt", "process"]);
});

test("access of other users is removed, and a record that is not an emulator's is refused", async () => {
  await writeFile(join(folder, JOURNAL), "");
  await Promise.all([chmod(folder, 0o755), chmod(join(folder, JOURNAL), 0o644)]);
  const emulator = await startTestEmulator({ dataDirectory: folder });
  const modes = await Promise.all([folder, join(folder, JOURNAL)].map(async (path) => (await stat(path)).mode & 0o777));
  expect(modes).toEqual([0o700, 0o600]);
  await emulator.close();
  const start = { executionId: "local-x/../../../victim", status: "pending" };
  await writeFile(join(folder, JOURNAL), `${JSON.stringify({ start, body: {} })}\n`);
  await expect(startTestEmulator({ dataDirectory: folder })).rejects.toThrow("is no id of an emulator");
});

test("unlocking a folder does not remove the lock of another emulator", async () => {
  const giveBack = lockDataFolder(folder);
  await writeFile(join(folder, "process"), String(process.ppid));
  giveBack();
  expect(await readdir(folder)).toEqual(["process"]);
});
