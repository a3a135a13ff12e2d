import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fakeSurface } from "../../testing/surface";
import type { AllResult } from "./all-report";
import { writeAll } from "./write-all";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "lyceum-write-all-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const ALL: AllResult = {
  operation: "preview",
  only: "dev",
  since: undefined,
  outcomes: [],
  untouched: [],
  unreviewed: [],
  isStopped: false,
};
const request = () => ({
  summary: join(folder, "all.md"),
  json: join(folder, "all.json"),
  sarif: join(folder, "all.sarif"),
  codequality: undefined,
  annotates: false,
});

test("all reports are written, and the JSON has the exit code of the command", () => {
  expect(writeAll(request(), fakeSurface({}), ALL, [])).toBe(0);
  expect(JSON.parse(readFileSync(request().json, "utf8"))).toMatchObject({ exitCode: 0 });
  expect(existsSync(request().sarif) && existsSync(request().summary)).toBe(true);
});

test.each([["sarif"], ["summary"]] as const)("if %s cannot be written, no JSON shows a success", (report) => {
  // The report cannot be written, because its path is a folder.
  const broken = { ...request(), [report]: folder };
  expect(() => writeAll(broken, fakeSurface({}), ALL, [])).toThrow(/cannot be written/);
  expect(existsSync(broken.json)).toBe(false);
});
