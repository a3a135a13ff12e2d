import { chmod, mkdir, mkdtemp, readdir, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startTestEmulator } from "../testing/emulator";
import { prepareDataFolder } from "./data-folder";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "data-folder-"));
});
afterEach(() => rm(folder, { recursive: true }));

const modeOf = async (path: string) => ((await stat(path)).mode & 0o777).toString(8);

test("an open folder that is there, and all files in it, are closed to others", async () => {
  const store = join(folder, "data", "store");
  await mkdir(store, { recursive: true });
  await writeFile(join(store, "000001.log"), "");
  await chmod(join(folder, "data"), 0o777);
  await chmod(store, 0o755);
  await chmod(join(store, "000001.log"), 0o644);
  await prepareDataFolder(join(folder, "data"));
  expect(await Promise.all([join(folder, "data"), store, join(store, "000001.log")].map(modeOf))).toEqual([
    "700",
    "700",
    "600",
  ]);
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
  const store = join(data, "store");
  for (const name of await readdir(store)) {
    if (name.startsWith("MANIFEST")) await writeFile(join(store, name), "nonsense");
  }
  await expect(startTestEmulator({ dataDirectory: data })).rejects.toThrow(
    /^The records in .*data cannot be read: .*[Cc]orrupt.* Move that folder away, or give the emulator another one with --data\.$/,
  );
});
