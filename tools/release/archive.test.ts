import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { tarGz } from "./archive.cjs";

const files = [
  { name: "program", mode: 0o755, content: Buffer.from("#!/bin/sh\necho ok\n") },
  { name: "empty", mode: 0o644, content: Buffer.alloc(0) },
  { name: "whole-block", mode: 0o644, content: Buffer.alloc(512, "x") },
];

test("tar unpacks the files with their modes", () => {
  const folder = mkdtempSync(join(tmpdir(), "archive-"));
  try {
    writeFileSync(join(folder, "a.tar.gz"), tarGz(files));
    execFileSync("tar", ["-xzf", "a.tar.gz"], { cwd: folder });
    for (const { name, mode, content } of files) {
      expect(readFileSync(join(folder, name))).toEqual(content);
      expect(statSync(join(folder, name)).mode & 0o777).toBe(mode);
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("the bytes depend only on the files", () => {
  const first = tarGz(files);
  expect(tarGz(files).equals(first)).toBe(true);
  // These bytes of an archive are the time and the operating system of the compression (RFC 1952).
  expect([...first.subarray(4, 8), first[9]]).toEqual([0, 0, 0, 0, 255]);
  expect(tarGz(files.slice(1)).equals(first)).toBe(false);
});
