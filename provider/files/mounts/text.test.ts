import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { folderWith, removeFolders } from "../../storage/testing/folder";
import { createTrees } from ".";
import { searchableText } from "./text";

afterEach(removeFolders);

const TEXT = 'PASSWORD="größer 一二"\r\nUSER=me\r\n';
const little = Buffer.from(TEXT, "utf16le");
const big = Buffer.from(little).swap16();

test.each([
  ["UTF-8", Buffer.from(TEXT)],
  ["UTF-16 LE with a mark", Buffer.concat([Buffer.from([0xff, 0xfe]), little])],
  ["UTF-16 BE with a mark", Buffer.concat([Buffer.from([0xfe, 0xff]), big])],
  ["UTF-16 LE", little],
  ["UTF-16 BE", big],
  ["UTF-16 LE that is cut off", Buffer.concat([little, Buffer.from("x")])],
])("a text in %s is searched", (_name, bytes) => {
  expect(searchableText(bytes)).toBe(TEXT);
});

test.each([
  ["text with a zero at its end", Buffer.from("PASSWORD=x\0")],
  ["numbers of 32 bits", Buffer.from(new Uint32Array([1, 2, 3, 4]).buffer)],
  ["zeros", Buffer.alloc(64)],
])("data is not searched: %s", (_name, bytes) => {
  expect(searchableText(bytes)).toBeUndefined();
});

test("an empty file is a text", () => {
  expect(searchableText(Buffer.alloc(0))).toBe("");
});

test("a secret in a text of UTF-16 is found", async () => {
  const folder = folderWith({ "a.txt": "x" });
  writeFileSync(join(folder, "key.conf"), Buffer.concat([Buffer.from([0xff, 0xfe]), little]));
  const findSecret = (text: string) => (text.includes("PASSWORD=") ? "a password" : undefined);
  const tree = await createTrees(() => 0).inspect({ path: folder, root: folder, kind: "folder" }, findSecret);
  expect(tree.secrets).toEqual([{ path: "key.conf", kind: "a password" }]);
  expect(tree.files.map(({ path }) => path)).toEqual(["a.txt"]);
});
