import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { diskFiles } from "./disk";

const folder = mkdtempSync(join(tmpdir(), "disk-"));
const at = (name: string) => join(folder, name);

beforeAll(() => {
  writeFileSync(at("file"), "12345");
  chmodSync(at("file"), 0o644);
  for (const [name, mode] of [
    ["tool", 0o755],
    ["own", 0o600],
    ["group", 0o650],
  ] as const) {
    writeFileSync(at(name), "");
    chmodSync(at(name), mode);
  }
  mkdirSync(at("folder"));
  for (const name of ["b", "a", "c"]) writeFileSync(at(`folder/${name}`), "");
  symlinkSync("file", at("link"));
  execFileSync("mkfifo", [at("pipe")]);
});

afterAll(() => rmSync(folder, { recursive: true }));

test.each([
  ["file", "file"],
  ["folder", "folder"],
  ["link", "file"],
  ["pipe", "device"],
  ["none", "missing"],
  ["file/below", "missing"],
])("%s is a %s", (name, kind) => expect(diskFiles.stat(at(name))).toBe(kind));

test("the real path of a link is another path, and the real path of a missing file is the path itself", () => {
  expect(diskFiles.real(at("link"))).toBe(diskFiles.real(at("file")));
  expect(diskFiles.real(at("none"))).toBe(at("none"));
});

test.each([
  ["file", 5, { kind: "bytes", bytes: Buffer.from("12345"), executable: false, ownerOnly: false }],
  ["file", 4, { kind: "fault", reason: "large" }],
  ["tool", 0, { kind: "bytes", executable: true, ownerOnly: false }],
  ["own", 0, { kind: "bytes", executable: false, ownerOnly: true }],
  ["group", 0, { kind: "bytes", executable: false, ownerOnly: false }],
  ["folder", 9, { kind: "fault", reason: "folder" }],
  ["pipe", 9, { kind: "fault", reason: "unreadable" }],
  ["none", 9, { kind: "fault", reason: "missing" }],
])("%s: at most %d bytes are read", (name, most, expected) => {
  expect(diskFiles.read(at(name), most)).toMatchObject(expected);
});

// The kernel reports the size 0 for these files, although they have content.
test("a file that is larger than the kernel says is not read past the limit", () => {
  const path = "/proc/self/maps";
  if (diskFiles.stat(path) !== "file") return;
  expect(diskFiles.read(path, 10)).toEqual({ kind: "fault", reason: "large" });
  expect(diskFiles.read(path, 10_000_000)).toMatchObject({ kind: "bytes", bytes: expect.any(Buffer) });
});

test("the names of a folder are sorted, and one name more than requested is read", () => {
  expect(diskFiles.list(at("folder"), 3)).toEqual({ kind: "names", names: ["a", "b", "c"] });
  expect(diskFiles.list(at("folder"), 1)).toMatchObject({ names: { length: 2 } });
  expect(diskFiles.list(at("file"), 3)).toEqual({ kind: "fault", reason: "missing" });
});
