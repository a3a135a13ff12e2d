import { readFileSync } from "node:fs";
import { join } from "node:path";
import { STORAGE_CATALOGUE } from "./catalogue";
import { StorageError } from "./errors";

const page = readFileSync(join(__dirname, "../../docs/reference/errors.md"), "utf8");

test.each(Object.entries(STORAGE_CATALOGUE))("%s is on the page of errors, with what to do", (code, entry) => {
  const [, section = ""] = page.split(`\n### ${code}: ${entry.title}\n`);
  expect(section.split("\n### ")[0]).toContain(entry.remedy);
});

test("each code of storage on the page of errors exists", () => {
  const named = [...page.matchAll(/\bLYC60\d{2}\b/g)].map(([code]) => code);
  expect(named.filter((code) => !Object.hasOwn(STORAGE_CATALOGUE, code))).toEqual([]);
});

test("an error says what happened and what to do, and has no frames", () => {
  const error = new StorageError("LYC6003", "Storing a.txt failed: 507 InsufficientStorage.");
  expect(error.stack).toBe(
    "LYC6003: Storing a.txt failed: 507 InsufficientStorage. Remove files that nobody needs with `npx pulumi-lyceum files rm`, then run the same command again.",
  );
  expect([StorageError.isInstance(error), StorageError.isInstance(new Error("x"))]).toEqual([true, false]);
});
