import { folderWith, removeFolders } from "../../storage/testing/folder";
import { checkFiles, uploadSize } from ".";
import { portsOf, URN } from "./testing/ports";

afterEach(removeFolders);

async function checked(texts: Readonly<Record<string, string>>, prefix = "p") {
  const ports = portsOf(undefined, folderWith(texts));
  return (await checkFiles(ports, { urn: URN, olds: {}, news: { source: ".", prefix } })).inputs;
}

test("a create sends everything, and an update sends what differs from the state", async () => {
  const inputs = await checked({ "a.txt": "aa", "b.txt": "b" });
  expect(uploadSize(inputs, {})).toEqual({ files: 2, bytes: 3 });
  const [line = ""] = String(inputs.__files).split("\n");
  const stored = { __stored: `/p/\na.txt\te\t${line.split("\t")[3]}` };
  expect(uploadSize(inputs, stored)).toEqual({ files: 1, bytes: 1 });
  expect(uploadSize(await checked({ "a.txt": "aa" }, "q"), stored)).toEqual({ files: 1, bytes: 2 });
});

test("a file that moves to another prefix is sent, next to one that is new", async () => {
  const inputs = await checked({ "a.txt": "aa", "b.txt": "b" }, "q");
  const [line = ""] = String(inputs.__files).split("\n");
  const stored = { __stored: `/p/\na.txt\te\t${line.split("\t")[3]}` };
  expect(uploadSize(inputs, stored)).toEqual({ files: 2, bytes: 3 });
});

test("a changed file is sent, next to one that is new, and nothing if the state has all files", async () => {
  const inputs = await checked({ "a.txt": "aa", "b.txt": "b" });
  const contents = String(inputs.__files)
    .split("\n")
    .map((line) => line.split("\t")[3]);
  expect(uploadSize(inputs, { __stored: "/p/\na.txt\te\tother" })).toEqual({ files: 2, bytes: 3 });
  const all = `/p/\na.txt\te\t${contents[0]}\nb.txt\te\t${contents[1]}`;
  expect(uploadSize(inputs, { __stored: all })).toEqual({ files: 0, bytes: 0 });
});

test("if the list of files is secret, all files count; if it is unknown, the size is unknown", async () => {
  const inputs = { ...(await checked({ "a.txt": "aa" })), __files: "[secret]" };
  expect(uploadSize(inputs, {})).toEqual({ files: 1, bytes: 2 });
  expect(uploadSize({ source: "<unknown>" }, {})).toBeUndefined();
});
