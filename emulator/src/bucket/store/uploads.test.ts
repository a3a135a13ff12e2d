import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Uploads } from "./uploads";

let folder: string;
let uploads: Uploads;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "uploads-"));
  uploads = new Uploads(join(folder, "uploads"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const create = (key: string, initiated: number) => uploads.create({ key, headers: {}, initiated });
async function put(id: string, number: number, text: string): Promise<void> {
  const file = join(folder, "part");
  writeFileSync(file, text);
  await uploads.putPart(id, file, { number, etag: text, size: text.length, modified: 1, checksums: {} });
}

test("uploads have the order of their keys and then of their times", async () => {
  expect(await uploads.all()).toEqual([]);
  for (const [key, initiated] of [
    ["b", 1],
    ["a", 5],
    ["a", 2],
    ["a", 9],
    ["a", 1],
    ["a", 7],
    ["\u{1f600}", 0],
    ["\ufb01", 0],
  ] as const) {
    await create(key, initiated);
  }
  expect((await uploads.all()).map(({ key, initiated }) => `${key} ${initiated}`)).toEqual([
    "a 1",
    "a 2",
    "a 5",
    "a 7",
    "a 9",
    "b 1",
    "\ufb01 0",
    "\u{1f600} 0",
  ]);
});

test("uploads of one key and one time have one order", async () => {
  for (let count = 0; count < 6; count++) await create("a", 1);
  const ids = (await uploads.all()).map(({ id }) => id);
  expect(ids).toEqual([...ids].sort());
});

test("an upload is found with its key, and an id that is none leads nowhere", async () => {
  const upload = await create("a", 1);
  expect(await uploads.get(upload.id, "a")).toEqual(upload);
  for (const [id, key] of [
    [upload.id, "b"],
    ["../uploads", "a"],
    ["0".repeat(36), "a"],
  ] as const) {
    await expect(uploads.get(id, key)).rejects.toMatchObject({ code: "NoSuchUpload" });
  }
});

test("parts have the order of their numbers, a later one replaces an earlier one, and all their bytes count", async () => {
  const { id } = await create("a", 1);
  for (const number of [10, 2, 1, 3]) await put(id, number, String(number));
  await put(id, 2, "two");
  const parts = await uploads.parts(id);
  expect(parts.map(({ number, etag }) => [number, etag])).toEqual([
    [1, "1"],
    [2, "two"],
    [3, "3"],
    [10, "10"],
  ]);
  const { id: other } = await create("b", 1);
  await put(other, 1, "1234");
  expect(await uploads.usedBytes()).toBe(11);
  await uploads.join(id, parts, join(folder, "whole"));
  expect(readFileSync(join(folder, "whole"), "utf8")).toBe("1two310");
  await uploads.remove(id);
  expect([await uploads.usedBytes(), await uploads.parts(id)]).toEqual([4, []]);
});

test("a part that a crash has left between its two steps does not count", async () => {
  const { id } = await create("a", 1);
  await put(id, 1, "whole");
  const parts = await uploads.parts(id);
  writeFileSync(join(folder, "uploads", id, "1"), "half");
  await expect(uploads.join(id, parts, join(folder, "whole"))).rejects.toMatchObject({ code: "InvalidPart" });
});
