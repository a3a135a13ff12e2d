import { chmod, mkdir, mkdtemp, readdir, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startTestEmulator } from "../testing/emulator";
import { JOURNAL, lockDataFolder, prepareDataFolder } from "./data-folder";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "data-folder-"));
});
afterEach(() => rm(folder, { recursive: true }));

const modeOf = async (path: string) => ((await stat(path)).mode & 0o777).toString(8);

test("an open folder that is there, and the records in it, are closed to others", async () => {
  const data = join(folder, "data");
  await mkdir(data);
  await writeFile(join(data, JOURNAL), "");
  await chmod(data, 0o777);
  await chmod(join(data, JOURNAL), 0o644);
  await prepareDataFolder(data);
  expect(await Promise.all([data, join(data, JOURNAL)].map(modeOf))).toEqual(["700", "600"]);
});

test("a folder with other things in it is refused, and left as it is", async () => {
  await writeFile(join(folder, "notes.txt"), "mine");
  await chmod(folder, 0o755);
  await expect(prepareDataFolder(folder)).rejects.toThrow(/holds other things \(notes\.txt\).*--data/);
  await expect(startTestEmulator({ dataDirectory: folder })).rejects.toThrow("holds other things");
  expect(await modeOf(folder)).toBe("755");
});

test("a damaged store says so, and what to do", async () => {
  const data = join(folder, "data");
  const first = await startTestEmulator({ dataDirectory: data });
  await first.start("{run: 1}");
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
])("with %s, one of several emulators that start at once gets the folder", async (_what, left) => {
  for (let round = 0; round < 5; round++) {
    if (left !== undefined) await writeFile(join(folder, "process"), left);
    const all = await Promise.allSettled(Array.from({ length: 8 }, () => lockDataFolder(folder)));
    const [got, ...others] = all.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []));
    expect(others).toEqual([]);
    await got?.();
    expect(await readdir(folder)).toEqual([]);
  }
});
