import { readFileSync } from "node:fs";
import { join } from "node:path";
import {
  problemsOfChangelog,
  problemsOfProvenance,
  problemsOfRelease,
  problemsOfTag,
  publishArguments,
  sectionsOf,
} from "./release.cjs";

const released = "# Changelog\n\n## 1.2.3 - 2026-01-31\n\n### Added\n\n- This.\n";
const facts = { version: "1.2.3", changelog: released, gitStatus: "" };

test("our changelog has the form of Keep a Changelog", () => {
  const changelog = readFileSync(join(__dirname, "../..", "CHANGELOG.md"), "utf8");
  expect(sectionsOf(changelog).length).toBeGreaterThan(0);
  expect(problemsOfChangelog(changelog)).toEqual([]);
});

test.each([
  ["## 1.2 - 2026-01-31\n", 'the heading must be "Unreleased" or a version.'],
  ["## 1.2.3\n", "the heading must have a date"],
  ["## 1.2.3 - 2026-02-30\n", "the heading must have a date"],
  ["## 1.2.3 - 2026-01-31\n## Unreleased\n", "it must be the first section."],
  ["## 1.2.3 - 2026-01-31\n## 1.2.3 - 2026-01-30\n", "there is a second section of this name."],
  ["## Unreleased\n### Improved\n- x\n", '"Improved" is not one of the groups Added, Changed'],
  ["## Unreleased\n### Fixed\n- x\n### Added\n- y\n", "each group may appear once, in the order Added"],
  ["## Unreleased\n### Added\n- x\n### Added\n- y\n", "each group may appear once"],
  ["## Unreleased\n- x\n### Added\n- y\n", "a change must be below one of the groups."],
])("a changelog %j is refused", (changelog, problem) => {
  expect(problemsOfChangelog(changelog)).toEqual([expect.stringContaining(problem)]);
});

test("a clean tree whose version has its section can be released", () => {
  expect(problemsOfRelease(facts)).toEqual([]);
  expect(problemsOfRelease({ ...facts, changelog: released.replace("## ", "## Unreleased\n\n## ") })).toEqual([]);
});

test.each([
  ["a changed file", { gitStatus: " M README.md\n?? new.ts\n" }, "Files are changed or new"],
  ["another version", { version: "1.3.0" }, "has the version 1.3.0, but CHANGELOG.md has the version 1.2.3"],
  ["no version", { changelog: "## Unreleased\n" }, "but CHANGELOG.md has no version"],
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
  expect(problems.length).toBe(3);
});

test("provenance needs a repository and a build that npm can identify", () => {
  expect(problemsOfProvenance({ env: {} }).length).toBe(2);
  const repository = { type: "git", url: "git+https://example.com/x.git" };
  expect(problemsOfProvenance({ repository, env: { GITHUB_ACTIONS: "true" } })).toEqual([]);
  const ours = { type: "git", url: "git+https://github.com/a/b.git" };
  const job = (name: string) => ({ repository: ours, env: { GITHUB_ACTIONS: "true", GITHUB_REPOSITORY: name } });
  expect(problemsOfProvenance(job("a/b"))).toEqual([]);
  // A fork would publish a plugin that is downloaded from somebody else's releases.
  expect(problemsOfProvenance(job("fork/b"))).toEqual([expect.stringContaining("but this is fork/b")]);
});

test("a tag is that of the version", () => {
  const tag = (name: string) => ({ GITHUB_REF_TYPE: "tag", GITHUB_REF_NAME: name });
  expect(problemsOfTag("1.2.3", tag("v1.2.3"))).toEqual([]);
  expect(problemsOfTag("1.2.3", { GITHUB_REF_TYPE: "branch", GITHUB_REF_NAME: "main" })).toEqual([]);
  expect(problemsOfTag("1.2.3", tag("v1.2.4"))).toEqual([expect.stringContaining("The tag is v1.2.4")]);
});

test("a version is published as latest, and a prerelease as next", () => {
  expect(publishArguments("x.tgz", "1.2.3").join(" ")).toBe("publish x.tgz --provenance --access public --tag latest");
  expect(publishArguments("x.tgz", "1.2.3-rc.1").at(-1)).toBe("next");
});
