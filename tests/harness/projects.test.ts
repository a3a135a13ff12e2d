import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import picomatch from "picomatch";
import { ROOT } from "./root";

const { projects } = jest.requireActual<{ projects: { displayName: string; testMatch: string[] }[] }>(
  join(ROOT, "jest.config.js"),
);
const testFiles = readdirSync(join(ROOT, "tests"), { recursive: true, encoding: "utf8" })
  .filter((path) => path.endsWith(".test.ts"))
  .map((path) => join("tests", path));

/** The test files of a jest project, by its patterns alone. */
function filesOf(project: string, below: string): string[] {
  const patterns = projects.find(({ displayName }) => displayName === project)?.testMatch ?? [];
  const isMatch = picomatch(patterns.map((pattern) => pattern.replace("<rootDir>/", "")));
  return testFiles.filter((file) => file.startsWith(below) && isMatch(file)).sort();
}

/** Engines of which a scenario's folder has golden files of the dynamic provider. */
function enginesOf(file: string): string[] {
  const golden = join(ROOT, file, "..", "golden");
  const files = existsSync(golden) ? readdirSync(golden) : [];
  return ["simulated", "docker"].filter((engine) => files.some((name) => name.endsWith(`${engine}.txt`)));
}

test("the scenarios of both engines run on containers in a project of their own", () => {
  const both = testFiles.filter((file) => file.startsWith("tests/scenarios/") && enginesOf(file).length === 2);
  expect(both.length).toBeGreaterThan(10);
  expect(filesOf("containers", "tests/scenarios/")).toEqual(both.sort());
});

test("the tests of pipelines that ask for the host of their project run with both", () => {
  const asking = testFiles.filter(
    (file) => file.startsWith("tests/gitops/") && readFileSync(join(ROOT, file), "utf8").includes("hostOfProject()"),
  );
  expect(asking.length).toBeGreaterThan(4);
  expect(filesOf("plugin", "tests/gitops/")).toEqual(asking.sort());
});
