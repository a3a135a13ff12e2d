import { readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import picomatch from "picomatch";
import { ON_CONTAINERS } from "../../tools/test/jest-projects.cjs";
import { ROOT } from "./root";

const { projects } = jest.requireActual<{ projects: { displayName: string; testMatch: string[] }[] }>(
  join(ROOT, "jest.config.js"),
);
const testFiles = readdirSync(join(ROOT, "tests"), { recursive: true, encoding: "utf8" })
  .filter((path) => path.endsWith(".test.ts"))
  .map((path) => join("tests", path));

/** Returns the test files of a jest project, by its patterns. */
function filesOf(project: string, below: string): string[] {
  const patterns = projects.find(({ displayName }) => displayName === project)?.testMatch ?? [];
  const isMatch = picomatch(patterns.map((pattern) => pattern.replace("<rootDir>/", "")));
  return testFiles.filter((file) => file.startsWith(below) && isMatch(file)).sort();
}

// `testScenario` checks that this list contains every scenario with both engines.
test("every scenario for containers runs in their project", () => {
  const folders = filesOf("containers", "tests/scenarios/").map((file) => basename(dirname(file)));
  expect(folders).toEqual(ON_CONTAINERS);
});

test("the pipeline tests that use the host of their project run with both hosts", () => {
  const asking = testFiles.filter(
    (file) => file.startsWith("tests/gitops/") && readFileSync(join(ROOT, file), "utf8").includes("hostOfProject()"),
  );
  expect(asking.length).toBeGreaterThan(3);
  expect(filesOf("plugin", "tests/gitops/")).toEqual(asking.sort());
});
