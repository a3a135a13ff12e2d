import { type RecordedFile, readRecord, recordText } from "./record";

const file = (key: string, more: Partial<RecordedFile> = {}): RecordedFile => ({
  key,
  etag: "e",
  content: "c",
  isOwn: true,
  ...more,
});

test("a record is read as it was written", () => {
  const all = [
    file("data/a"),
    file("data/b", { isOwn: false }),
    file("data/sub/c", { drift: "missing", content: "" }),
    file("data/z", { drift: "changed", isOwn: false }),
    file("other/a"),
  ];
  const record = new Map(all.map((one) => [one.key, one]));
  for (const prefix of ["data/", "other/", "none/"]) expect(readRecord(recordText(record, prefix))).toEqual(record);
});

test("a record contains the folder once", () => {
  const record = new Map(["data/a", "data/b"].map((key) => [key, file(key)]));
  expect(recordText(record, "data/")).toBe("/data/\na\te\tc\nb\te\tc");
});

test("a text that is not a record has no files", () => {
  for (const other of [undefined, 7, {}, ""]) expect(readRecord(other).size).toBe(0);
});
