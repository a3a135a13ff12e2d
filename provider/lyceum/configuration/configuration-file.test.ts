import { execFileSync } from "node:child_process";
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { configurationFileUnder, loadConfiguration, withoutContent } from "./configuration-file";

let home: string;
let path: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), "lyceum-home-"));
  mkdirSync(join(home, ".lyceum"));
  path = join(home, ".lyceum", "config.json");
});
afterEach(() => rmSync(home, { recursive: true, force: true }));

const read = () => configurationFileUnder(() => home)();

test("a file is read with its text and whether others may read it", () => {
  writeFileSync(path, '{"api_key":"lk_0123"}');
  chmodSync(path, 0o600);
  expect(read()).toEqual({ kind: "text", path, text: '{"api_key":"lk_0123"}', openToOthers: false });
  chmodSync(path, 0o644);
  expect(read()).toMatchObject({ kind: "text", openToOthers: true });
});

test("no file, and a file where the folder should be, are absent", () => {
  expect(read()).toEqual({ kind: "absent", path });
  rmSync(join(home, ".lyceum"), { recursive: true });
  writeFileSync(join(home, ".lyceum"), "");
  expect(read()).toEqual({ kind: "absent", path });
});

test("one byte over 1 MB is not read", () => {
  writeFileSync(path, " ".repeat(1024 * 1024));
  expect(read()).toMatchObject({ kind: "text" });
  writeFileSync(path, " ".repeat(1024 * 1024 + 1));
  expect(read()).toEqual({ kind: "unusable", path, reason: "it is larger than 1 MB" });
});

test("a folder or a pipe at its path counts as no file, and does not block", () => {
  mkdirSync(path);
  expect(read()).toMatchObject({ kind: "unusable" });
  rmSync(path, { recursive: true });
  execFileSync("mkfifo", [path]);
  expect(read()).toEqual({ kind: "unusable", path, reason: "it is not a file" });
});

test.each([
  ["EACCES", "it may not be read"],
  ["EPERM", "it may not be read"],
  ["EIO", "it cannot be read (EIO)"],
  [undefined, "it cannot be read (?)"],
])("a file whose reading fails with %s is unusable: %s", (code, reason) => {
  const cause = Object.assign(new Error("no"), { code });
  expect(withoutContent(path, cause)).toEqual({ kind: "unusable", path, reason });
});

test("an unknown home directory does not throw", () => {
  const none = configurationFileUnder(() => {
    throw new Error("no home");
  });
  expect(none()).toMatchObject({ kind: "absent" });
});

test("the file is read only when neither environment nor stack has a token", () => {
  const readFile = jest.fn(read);
  loadConfiguration({ environment: { LYCEUM_API_KEY: "lk_0123" }, stack: {} }, readFile);
  loadConfiguration({ environment: {}, stack: { apiKey: "lk_0123" } }, readFile);
  expect(readFile).not.toHaveBeenCalled();
  writeFileSync(path, '{"api_key":"lk_0123"}');
  const loaded = loadConfiguration({ environment: {}, stack: {} }, readFile);
  expect(readFile).toHaveBeenCalledTimes(1);
  expect(loaded).toMatchObject({ kind: "ok", configuration: { token: "lk_0123" } });
});
