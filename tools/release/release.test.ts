import { readFileSync } from "node:fs";
import { join } from "node:path";
import { problemsOfRelease, problemsOfTag, publishArguments, sectionsOf } from "./release.cjs";

const released = "# Changelog\n\n## 1.2.3 - 2026-01-31\n\n### Added\n\n- This.\n";
const facts = { version: "1.2.3", changelog: released, gitStatus: "" };

test("the changelog has a section for unreleased changes, or for the newest version", () => {
  const changelog = readFileSync(join(__dirname, "../..", "CHANGELOG.md"), "utf8");
  expect(sectionsOf(changelog).length).toBeGreaterThan(0);
});

test("a clean tree whose version has its section can be released", () => {
  expect(problemsOfRelease(facts)).toEqual([]);
  expect(problemsOfRelease({ ...facts, changelog: released.replace("## ", "## Unreleased\n\n## ") })).toEqual([]);
});

test.each([
  ["a changed file", { gitStatus: " M README.md\n?? new.ts\n" }, "Files are changed or new"],
  ["another version", { version: "1.3.0" }, "has the version 1.3.0, but CHANGELOG.md has the version 1.2.3"],
  ["no version", { changelog: "## Unreleased\n" }, "but CHANGELOG.md has no version"],
  ["no date", { changelog: released.replace(" - 2026-01-31", "") }, "has no date of 1.2.3"],
  ["no changes", { changelog: "## 1.2.3 - 2026-01-31\n" }, "names no change of 1.2.3"],
  [
    "changes below Unreleased",
    { changelog: `## Unreleased\n### Fixed\n- x\n\n${released}` },
    'changes below "Unreleased"',
  ],
])("%s stops a release", (_, change, problem) => {
  expect(problemsOfRelease({ ...facts, ...change })).toEqual([expect.stringContaining(problem)]);
});

test("all problems are reported together", () => {
  const problems = problemsOfRelease({ version: "2.0.0", changelog: "## 1.0.0\n", gitStatus: " M a\n" });
  expect(problems.length).toBe(2);
});

test("the tag must be that of the version", () => {
  const tag = (name: string) => ({ GITHUB_REF_TYPE: "tag", GITHUB_REF_NAME: name });
  expect(problemsOfTag("1.2.3", tag("v1.2.3"))).toEqual([]);
  expect(problemsOfTag("1.2.3", { GITHUB_REF_TYPE: "branch", GITHUB_REF_NAME: "main" })).toEqual([]);
  expect(problemsOfTag("1.2.3", tag("v1.2.4"))).toEqual([expect.stringContaining("The tag is v1.2.4")]);
});

test("a version is published as latest, and a prerelease as next", () => {
  expect(publishArguments("x.tgz", "1.2.3").join(" ")).toBe("publish x.tgz --provenance --access public --tag latest");
  expect(publishArguments("x.tgz", "1.2.3-rc.1").at(-1)).toBe("next");
});
