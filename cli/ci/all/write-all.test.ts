import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Surface } from "../../command";
import { fakeSurface } from "../../testing/surface";
import { type CiRequest, readRequest } from "../options";
import { allResult, validAllReport } from "../testing/reports";
import { runAll } from "./all";
import { writeAll } from "./write-all";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "lyceum-write-all-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

const ALL = allResult({ only: "dev" });
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
  expect(validAllReport(readFileSync(broken.json, "utf8"), 1).error).toMatch(/cannot be written/);
});

const ask = (more: object) =>
  ({
    ...readRequest(["preview", "--all"], fakeSurface({})),
    ...request(),
    folder,
    since: undefined,
    ...more,
  }) as CiRequest;

test.each([
  ["no project", {}, /There is no Pulumi project/],
  ["a folder that does not exist", { folder: "/none" }, /is not a folder/],
])("%s: every report keeps its usual shape, and contains the error", async (_, more, error) => {
  const surface = { ...fakeSurface({}), stat: (path: string) => (path === "/none" ? "missing" : "folder") } as Surface;
  expect(await runAll(ask(more), surface)).toBe(1);
  const json = validAllReport(readFileSync(request().json, "utf8"), 1);
  expect(json).toMatchObject({ command: "preview", stacks: [], error: expect.stringMatching(error) });
  expect(readFileSync(request().summary, "utf8")).toMatch(error);
});
