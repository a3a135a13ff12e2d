import { mkdtemp, open, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Journal } from "./journal";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "journal-"));
});
afterEach(() => rm(folder, { recursive: true }));

test("an entry that could not be brought to the disk is not there after a crash", async () => {
  const path = join(folder, "journal.jsonl");
  const failing = await Journal.open(
    path,
    () => {},
    async () => {
      const file = await open(path, "w+");
      return {
        read: file.read.bind(file),
        write: (...bytes: [Buffer, number, number, number]) => file.write(...bytes),
        truncate: file.truncate.bind(file),
        datasync: () => Promise.reject(new Error("no space left on device")),
        close: file.close.bind(file),
      };
    },
  );
  await failing.append({ kept: true }, { sync: false });
  await expect(failing.append({ kept: false }, { sync: true })).rejects.toThrow("no space");
  const entries: unknown[] = [];
  const after = await Journal.open(path, (entry) => entries.push(entry));
  expect(entries).toEqual([{ kept: true }]);
  await Promise.all([failing.close(), after.close()]);
});
