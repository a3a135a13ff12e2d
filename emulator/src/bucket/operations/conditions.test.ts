import type { StoredObject } from "../store/object";
import { readCondition, writeCondition } from "./conditions";

const object: StoredObject = {
  key: "a",
  path: "/a",
  size: 1,
  // A header has only whole seconds, so it cannot contain this time.
  modified: Date.UTC(2026, 0, 1, 0, 0, 10) + 500,
  etag: "abc",
  headers: {},
  checksums: {},
};
const time = (seconds: number) => new Date(Date.UTC(2026, 0, 1, 0, 0, seconds)).toUTCString();

test.each<[string, Record<string, string>, string]>([
  ["no condition", {}, "send"],
  ["the ETag among others", { "if-match": '"x", W/"abc"' }, "send"],
  ["any ETag", { "if-match": "*" }, "send"],
  ["another ETag", { "if-match": '"x"' }, "PreconditionFailed"],
  ["a client that has the object", { "if-none-match": '"abc"' }, "unchanged"],
  ["a client that has another object", { "if-none-match": '"x"' }, "send"],
  ["a client that has the object of this second", { "if-modified-since": time(10) }, "unchanged"],
  ["a client that has the object of the second before", { "if-modified-since": time(9) }, "send"],
  ["an object that may have been changed in this second", { "if-unmodified-since": time(10) }, "send"],
  ["an object that was to be unchanged since before", { "if-unmodified-since": time(9) }, "PreconditionFailed"],
  ["a time that is none", { "if-modified-since": "x", "if-unmodified-since": "x" }, "send"],
  ["an ETag and a time, of which the ETag counts", { "if-match": '"abc"', "if-unmodified-since": time(9) }, "send"],
  ["another ETag and a time", { "if-none-match": '"x"', "if-modified-since": time(10) }, "send"],
])("a read with %s", (_what, headers, expected) => {
  const decide = () => readCondition(headers, object);
  if (expected === "PreconditionFailed") expect(decide).toThrow(expect.objectContaining({ code: expected }));
  else expect(decide()).toBe(expected);
});

test.each<[string, Record<string, string>, boolean, string | undefined]>([
  ["no condition, and the object is there", {}, true, undefined],
  ["its ETag", { "if-match": '"abc"' }, true, undefined],
  ["another ETag", { "if-match": '"x"' }, true, "PreconditionFailed"],
  ["an ETag, and there is no object", { "if-match": '"abc"' }, false, "NoSuchKey"],
  ["a condition that no object is there, and there is none", { "if-none-match": "*" }, false, undefined],
  ["a condition that no object is there, and there is one", { "if-none-match": "*" }, true, "PreconditionFailed"],
  ["a condition that another object is there", { "if-none-match": '"x"' }, true, undefined],
])("a write with %s", (_what, headers, exists, code) => {
  const write = () => writeCondition(headers)?.(exists ? object : undefined);
  if (code === undefined) expect(write).not.toThrow();
  else expect(write).toThrow(expect.objectContaining({ code }));
});
