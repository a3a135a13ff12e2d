import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { mergeKeys, type WalkFrom, walkKeys } from "./walk";

let root: string;
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), "walk-"));
  for (const key of ["a-b", "a/1", "a/2/3", "a/2/4", "b", "c/1"]) {
    mkdirSync(dirname(join(root, key)), { recursive: true });
    writeFileSync(join(root, key), "");
  }
  symlinkSync(root, join(root, "link"));
});
afterAll(() => rmSync(root, { recursive: true }));

async function list(keys: AsyncGenerator<string>): Promise<readonly string[]> {
  const found: string[] = [];
  for await (const key of keys) found.push(key);
  return found;
}

test.each<[string, WalkFrom, readonly string[]]>([
  ["of all files", { prefix: "", after: "" }, ["a-b", "a/1", "a/2/3", "a/2/4", "b", "c/1"]],
  ["of a folder", { prefix: "a/2/", after: "" }, ["a/2/3", "a/2/4"]],
  ["of names with a common beginning", { prefix: "a", after: "" }, ["a-b", "a/1", "a/2/3", "a/2/4"]],
  ["after a file", { prefix: "", after: "a/2/3" }, ["a/2/4", "b", "c/1"]],
  ["after a file that is the last of its folder", { prefix: "a/", after: "a/2/4" }, []],
  ["after a folder", { prefix: "", after: "a/2/" }, ["a/2/3", "a/2/4", "b", "c/1"]],
  ["without a folder", { prefix: "", after: "", passOver: "a/" }, ["a-b", "b", "c/1"]],
  ["of a folder that is not there", { prefix: "d/", after: "" }, []],
])("a listing %s", async (_what, from, expected) => {
  expect(await list(walkKeys(root, from))).toEqual(expected);
});

test("a folder that is not there has no keys", async () => {
  expect(await list(walkKeys(join(root, "none"), { prefix: "", after: "" }))).toEqual([]);
});

async function* files() {
  yield* ["b", "d", "f"];
}
test.each<[string, readonly string[], WalkFrom, readonly string[]]>([
  ["before, between and after", ["a", "c", "g", "h"], { prefix: "", after: "" }, ["a", "b", "c", "d", "f", "g", "h"]],
  ["that are in both lists", ["b", "f"], { prefix: "", after: "" }, ["b", "d", "f"]],
  ["after a key", ["b", "c", "e"], { prefix: "", after: "c" }, ["d", "e", "f"]],
  ["with a common beginning", ["da", "e"], { prefix: "d", after: "" }, ["d", "da"]],
  ["without those of a folder", ["c", "da", "g"], { prefix: "", after: "", passOver: "d" }, ["b", "c", "f", "g"]],
])("files and other keys %s are one list", async (_what, others, from, expected) => {
  expect(await list(mergeKeys(files(), others, from))).toEqual(expected);
});
