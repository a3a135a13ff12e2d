import { mkdtempSync, readdirSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { movedRuns } from "./moved-runs";

const folder = mkdtempSync(join(tmpdir(), "moved-runs-"));
afterAll(() => rmSync(folder, { recursive: true }));

test("what one process notes, another one of the same engine reads, until it is forgotten", () => {
  const [plugin, dynamic] = [movedRuns("127.0.0.1:4711", folder), movedRuns("127.0.0.1:4711", folder)];
  expect(dynamic.noted()).toEqual(new Set());
  for (const id of ["a", "b", "a"]) plugin.note(id);
  expect(dynamic.noted()).toEqual(new Set(["a", "b"]));
  expect(movedRuns("127.0.0.1:4712", folder).noted()).toEqual(new Set());
  const [file = ""] = readdirSync(folder);
  expect(statSync(join(folder, file)).mode & 0o777).toBe(0o600);
  plugin.forget();
  expect(dynamic.noted()).toEqual(new Set());
});

test("a link is neither read nor written, and a folder that is gone is an error", () => {
  movedRuns("127.0.0.1:1", folder).note("x");
  const [name = ""] = readdirSync(folder);
  rmSync(join(folder, name));
  writeFileSync(join(folder, "elsewhere"), "y\n");
  symlinkSync(join(folder, "elsewhere"), join(folder, name));
  expect(movedRuns("127.0.0.1:1", folder).noted()).toEqual(new Set());
  expect(() => movedRuns("127.0.0.1:1", folder).note("z")).toThrow("ELOOP");
  const gone = movedRuns("127.0.0.1:1", join(folder, "gone"));
  expect(() => gone.note("x")).toThrow("ENOENT");
  expect(gone.noted()).toEqual(new Set());
});

test("without an engine nothing is noted", () => {
  const alone = movedRuns(undefined, folder);
  alone.note("x");
  expect(alone.noted()).toEqual(new Set());
});
