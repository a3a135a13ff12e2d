import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { answerOf, startByPs, startOf } from "./system";

const before = { ...process.env };
let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "system-"));
});
afterEach(() => {
  process.env = { ...before };
  rmSync(folder, { recursive: true });
});

/** Puts a program `ps` at the beginning of PATH. It prints the facts on which the answer of the real `ps` depends. */
function fakePs(): void {
  writeFileSync(join(folder, "ps"), '#!/bin/sh\necho "$TZ $LC_ALL"\n');
  chmodSync(join(folder, "ps"), 0o755);
  process.env.PATH = `${folder}:${before.PATH}`;
}

test("the start of a process does not depend on the caller's time zone or language", () => {
  fakePs();
  Object.assign(process.env, { TZ: "Asia/Tokyo", LC_ALL: "de_DE.UTF-8" });
  const there = startByPs(process.pid);
  Object.assign(process.env, { TZ: "America/Lima", LC_ALL: "C.UTF-8" });
  expect([there, answerOf("ps")]).toEqual([startByPs(process.pid), "UTC0 C"]);
});

test("a command of the system is found although PATH does not have its folder", () => {
  process.env.PATH = folder;
  expect(answerOf("/bin/sh", "-c", "echo $PATH")).toMatch(/:\/usr\/sbin:\/sbin$/);
  expect(answerOf("no-such-command-of-the-system")).toBe("");
});

test("a process that has ended has no start", () => {
  expect(startOf(process.pid)).toMatch(/^\w+$/);
  expect(startOf(2 ** 30)).toBeUndefined();
});
