import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { writeNewFile } from "./new-file";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "new-file-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

// biome-ignore lint/correctness/useYield: it fails before its first byte
async function* failing(): AsyncGenerator<Uint8Array> {
  throw new Error("the client is gone");
}

test("a file is written once, and an existing file is never replaced", async () => {
  const file = join(folder, "a");
  const pieces = async function* () {
    yield Buffer.from("one ");
    yield Buffer.from("two");
  };
  await writeNewFile(file, pieces());
  expect(readFileSync(file, "utf8")).toBe("one two");
  await expect(writeNewFile(file, pieces())).rejects.toThrow("EEXIST");
});

test("bytes that fail leave a file that the caller can remove for good", async () => {
  // A stream that opened the file itself created it after the removal in two of three tries.
  const files = Array.from({ length: 50 }, (_, number) => join(folder, String(number)));
  for (const file of files) {
    await expect(writeNewFile(file, failing())).rejects.toThrow("the client is gone");
    rmSync(file);
  }
  for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  expect(files.filter((file) => existsSync(file))).toEqual([]);
});
