import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startEmulator } from "../emulator";
import { storedKey } from "./api-key";
import { API_KEY } from "./data-folder";

let folder = "";
let path = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "api-key-"));
  path = join(folder, API_KEY);
});
afterEach(() => rmSync(folder, { recursive: true }));

test("a folder has one key, which only its owner may read", () => {
  const key = storedKey(folder);
  expect(key).toMatch(/^lk_local_[0-9a-f]{32}$/);
  expect(statSync(path).mode & 0o777).toBe(0o600);
  chmodSync(path, 0o644);
  expect(storedKey(folder)).toBe(key);
  expect(statSync(path).mode & 0o777).toBe(0o600);
});

test.each([
  ["a crash has cut", "lk_local_0123"],
  ["is empty", ""],
  ["has the key of an account", `lk_${"0".repeat(40)}\n`],
])("a file that %s is replaced", (_what, text) => {
  writeFileSync(path, text);
  const key = storedKey(folder);
  expect(readFileSync(path, "utf8")).toBe(`${key}\n`);
});

test("a link is replaced, and its target stays", () => {
  const target = join(folder, "journal.jsonl");
  writeFileSync(target, `lk_local_${"0".repeat(32)}\n`);
  symlinkSync(target, path);
  expect(storedKey(folder)).not.toBe(`lk_local_${"0".repeat(32)}`);
  expect(existsSync(target)).toBe(true);
});

test("an emulator with the same folder accepts the key of the one before it, unless a start gives another", async () => {
  const keys: string[] = [];
  for (const given of [undefined, undefined, "lk_local_given", undefined]) {
    const emulator = await startEmulator({ port: 0, dataDirectory: folder, ...(given && { apiKey: given }) });
    const headers = { authorization: `Bearer ${emulator.apiKey}` };
    expect((await fetch(`${emulator.control}/requests`, { headers })).status).toBe(200);
    keys.push(emulator.apiKey);
    await emulator.close();
  }
  const [first = ""] = keys;
  expect(first).toMatch(/^lk_local_/);
  expect(keys).toEqual([first, first, "lk_local_given", first]);
});
