import { NO_SECRETS } from "../../model/secret-rules";
import { UNKNOWN_MARKER } from "../../yaml/text";
import { ProjectDiagnostics } from "../diagnostics";
import { SourceRow } from "../sources";
import { memoryFiles } from "../testing/memory-files";
import { MOST_BYTES, MOST_FILES, type Obtained, ProjectReader } from "./reader";

const mention = { span: { start: 0, end: 0 } };

/** A reader of a project in `/r/p`, whose root is `/r`. */
function readerOf(files: Readonly<Record<string, string | Uint8Array>>) {
  const sources = new SourceRow();
  const collector = new ProjectDiagnostics(sources);
  const reader = new ProjectReader(
    memoryFiles({ "/r/p/": "", ...files }),
    "/r/p",
    "/r",
    sources,
    collector,
    NO_SECRETS,
  );
  const messages = () => collector.all().map(({ code, message }) => `${code} ${message}`);
  return { reader, messages };
}

test.each([
  ["the root", "/r", true],
  ["a file in it", "/r/p/a", true],
  ["a file that does not exist", "/r/p/none", true],
  ["a name that begins with two dots", "/r/..a", true],
  ["the folder above the root", "/", false],
  ["a file next to the root", "/x", false],
  ["a folder whose name begins like the root", "/r2/x", false],
  ["a link out of the root", "/r/p/out", false],
  ["a link within the root", "/r/p/in", true],
])("root %s: whether %s is inside: %s", (_, path, expected) => {
  const files = { "/r/p/a": "", "/r/..a": "", "/x": "", "/r2/x": "", "/r/p/out": "-> ../../x", "/r/p/in": "-> a" };
  expect(readerOf(files).reader.inside(path)).toBe(expected);
});

test.each([
  ["/r/p/a", "a"],
  ["/r/p/d/a", "d/a"],
  ["/r/a", "../a"],
  ["/r/p", "."],
])("%s is shown as %s", (path, shown) => expect(readerOf({}).reader.shown(path)).toBe(shown));

const messageOf = (obtained: Obtained) => (obtained.kind === "failed" ? `${obtained.of} ${obtained.message}` : "");

test("a project has a limited number of files, and a file that was read counts once", () => {
  const files = Object.fromEntries(Array.from({ length: MOST_FILES + 1 }, (_, index) => [`/r/p/${index}`, "x"]));
  const { reader, messages } = readerOf(files);
  const read = (index: number) => messageOf(reader.obtain(`/r/p/${index}`, 1));
  for (let index = 0; index < MOST_FILES; index++) expect(read(index)).toBe("");
  expect(read(0)).toBe("");
  expect(read(MOST_FILES)).toBe(`project has more than ${MOST_FILES} files`);
  expect(reader.content(`/r/p/${MOST_FILES}`, mention, 1)).toBeUndefined();
  expect(messages()).toEqual([`LYC2502 the project has more than ${MOST_FILES} files`]);
  reader.forgetAfter(MOST_FILES - 1);
  expect(reader.read).toHaveLength(MOST_FILES - 1);
  expect(read(MOST_FILES)).toBe("");
});

test("a project may have a limited number of bytes, and not one byte more", () => {
  const { reader } = readerOf({
    "/r/p/a": new Uint8Array(MOST_BYTES - 1),
    "/r/p/b": "xy",
    "/r/p/c": "x",
    "/r/p/d": "",
  });
  const read = (name: string) => messageOf(reader.obtain(`/r/p/${name}`, MOST_BYTES));
  expect(["a", "b", "c", "d"].map(read)).toEqual([
    "",
    "file is larger than 1 bytes",
    "",
    `project has more than ${MOST_BYTES} bytes`,
  ]);
  reader.forgetAfter(1);
  expect(read("b")).toBe("file is larger than 1 bytes");
  reader.forgetAfter(0);
  expect(read("a")).toBe("");
});

test.each([
  ["a file that does not exist", "/r/p/none", "LYC2501 none does not exist"],
  ["a folder", "/r/p/d", 'LYC2501 "d" is a folder'],
  ["a file that is too large", "/r/p/large", "LYC2502 large is larger than 3 bytes"],
  ["a file outside the root", "/x", 'LYC2503 "../../x" lies outside the project folder'],
])("%s is reported by its name", (_, path, message) => {
  const { reader, messages } = readerOf({ "/r/p/d/a": "", "/r/p/large": "1234", "/x": "" });
  expect(reader.content(path, mention, 3)).toBeUndefined();
  expect(messages()).toEqual([message]);
});

test("a file that the program names is reported with its whole path", () => {
  const { reader, messages } = readerOf({});
  reader.content("/r/p/none", {}, 3);
  expect(messages()).toEqual(["LYC2501 none does not exist (looked for at /r/p/none)"]);
});

test("a name in the same folder that was probably meant is reported, and no name outside the root", () => {
  const { reader, messages } = readerOf({ "/r/p/compose.yaml": "", "/x/compose.yaml": "" });
  reader.content("/r/p/compose.yml", mention, 3);
  reader.content("/x/compose.yml", mention, 3);
  expect(messages()).toEqual([
    'LYC2501 "compose.yml" does not exist; did you mean "compose.yaml"?',
    'LYC2503 "../../x/compose.yml" lies outside the project folder',
  ]);
});

test("a file whose name is not known yet makes the project unknown, and is not an error", () => {
  const { reader, messages } = readerOf({ "/r/p/a": "" });
  reader.content("/r/p/a", mention, 3);
  expect(reader.unknown).toBe(false);
  expect(reader.content(`/r/p/${UNKNOWN_MARKER}`, mention, 3)).toBeUndefined();
  expect([reader.unknown, messages()]).toEqual([true, []]);
});

test("a text is read once, and must be UTF-8", () => {
  const { reader, messages } = readerOf({ "/r/p/a": "text", "/r/p/b": Uint8Array.of(0xff) });
  expect(reader.text("/r/p/a", mention)).toMatchObject({ text: "text", source: { file: "a", start: 0 } });
  expect(reader.text("/r/p/d/../a", mention)).toBe(reader.text("/r/p/a", mention));
  expect(reader.text("/r/p/b", mention)).toBeUndefined();
  expect(reader.text("/r/p/none", mention)).toBeUndefined();
  expect(messages()).toEqual(['LYC2004 "b" is not UTF-8', "LYC2501 none does not exist"]);
});
