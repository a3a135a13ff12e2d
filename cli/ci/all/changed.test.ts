import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { readAtMost } from "../../compose/files";
import { findProjects } from "../repository/projects";
import { repositoryFiles } from "../repository/repository-files";
import { changedSince, concernedBy, textsOf } from "./changed";
import { targetsOf, titleOf } from "./targets";

let folder = "";
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), "lyceum-changed-")));
  git("init", "--quiet", "--initial-branch=main");
  for (const name of ["a", "b"]) {
    put(`${name}/Pulumi.yaml`, `name: ${name}\nruntime: yaml\nx: ../compose/${name}.yaml\n`);
    put(`${name}/Pulumi.dev.yaml`, "");
    put(`${name}/Pulumi.prod.yaml`, "");
    put(`compose/${name}.yaml`, "services: {}\n");
  }
  put("live/c/Pulumi.yaml", "name: c\nruntime: yaml\n");
  put("live/c/Pulumi.dev.yaml", "");
  put("README.md", "");
  put("package-lock.json", "{}");
  commit();
  git("checkout", "--quiet", "-b", "work");
});
afterEach(() => rmSync(folder, { recursive: true }));

function git(...args: readonly string[]): void {
  const own = ["-c", "user.name=x", "-c", "user.email=x@example.com", ...args];
  execFileSync("git", own, { cwd: folder, stdio: ["ignore", "ignore", "inherit"] });
}

function commit(): void {
  git("add", "--all");
  git("commit", "--quiet", "--message", "x");
}

function put(path: string, text: string): void {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), text);
}

/**
 * Returns the stacks that changes since `main` may concern. The command runs in the folder `from`, with `--stack` if
 * `only` is given.
 */
function concerned(from = folder, only?: string): readonly string[] {
  const files = repositoryFiles(from);
  const projects = findProjects({ folder: from, read: (path, most) => readAtMost(join(from, path), most) }, files);
  const changed = changedSince("main", from);
  const concerns = concernedBy(changed, textsOf(from, files, changed));
  return targetsOf(projects, only)
    .filter(({ project, stack }) => concerns(project, stack))
    .map(titleOf);
}

const ALL = ["a dev", "a prod", "b dev", "b prod", "live/c dev"];

test.each<[string, () => void, readonly string[]]>([
  ["nothing", () => undefined, []],
  ["the program", () => put("a/Pulumi.yaml", "name: a\nruntime: nodejs\n"), ["a dev", "a prod"]],
  ["the policy", () => put("b/lyceum-policy.yaml", "maxTimeout: 5\n"), ["b dev", "b prod"]],
  ["the settings of one stack", () => put("a/Pulumi.prod.yaml", "config: {}\n"), ["a prod"]],
  ["a document elsewhere", () => put("compose/b.yaml", "services: { x: {} }\n"), ["b dev", "b prod"]],
  ["a document that is removed", () => rmSync(join(folder, "compose/a.yaml")), ["a dev", "a prod"]],
  ["a document that nobody names", () => put("compose/c.yaml", "services: {}\n"), []],
  ["the lockfile", () => put("package-lock.json", '{ "x": 1 }'), ALL],
  ["a text for people", () => put("README.md", "Hello"), []],
  ["a pipeline", () => put(".github/workflows/x.yml", "on: push\n"), []],
  ["a link", () => symlinkSync("../compose/b.yaml", join(folder, "a/b.yaml")), ["a dev", "a prod"]],
])("which stacks a change of %s concerns", (_what, change, stacks) => {
  change();
  // The result is the same before and after the commit.
  expect(concerned()).toEqual(stacks);
  commitIfAny();
  expect(concerned()).toEqual(stacks);
});

function commitIfAny(): void {
  git("add", "--all");
  git("commit", "--quiet", "--allow-empty", "--message", "x");
}

test("a cache that a job has left in the repository does not count", () => {
  put("a/.cache/go/mod/x/Pulumi.yaml", "");
  expect(concerned()).toEqual([]);
});

test("the settings of a stack count if --stack has its full name", () => {
  put("a/Pulumi.prod.yaml", "config: {}\n");
  expect(concerned(folder, "acme/a/prod")).toEqual(["a acme/a/prod"]);
  expect(concerned(folder, "acme/a/dev")).toEqual([]);
});

test.each([
  ["a file of data, with a byte that no text has", "\0\n../compose/c.yaml\n", []],
  ["a text of 16 MB", `../compose/c.yaml\n${" ".repeat(15_999_982)}`, ["a dev", "a prod"]],
  ["a text that is one byte larger", `../compose/c.yaml\n${" ".repeat(15_999_983)}`, []],
])("which stacks a change concerns that is named in %s", (_what, text, stacks) => {
  git("checkout", "--quiet", "main");
  put("a/data.bin", text);
  put("compose/c.yaml", "services: {}\n");
  commit();
  git("checkout", "--quiet", "-b", "more");
  put("compose/c.yaml", "services: { x: {} }\n");
  expect(concerned()).toEqual(stacks);
});

test("later changes of others on the main branch do not count", () => {
  put("a/x.txt", "mine");
  commit();
  git("checkout", "--quiet", "main");
  put("b/x.txt", "theirs");
  commit();
  git("checkout", "--quiet", "work");
  expect(concerned()).toEqual(["a dev", "a prod"]);
});

test("a change outside of the folder of the command concerns everything in it", () => {
  put("compose/c.yaml", "services: {}\n");
  expect(concerned(join(folder, "b"))).toEqual([". dev", ". prod"]);
  expect(concerned(join(folder, "live"))).toEqual(["c dev"]);
});

test("a tag with the name of a branch is not read", () => {
  put("a/x.txt", "mine");
  commit();
  git("tag", "main");
  expect(concerned()).toEqual(["a dev", "a prod"]);
});

test("the error of a missing commit names the commit and the setting to change", () => {
  expect(() => changedSince("origin/nowhere", folder)).toThrow(
    /compare this folder with "origin\/nowhere".*fetch-depth: 0/,
  );
  expect(() => changedSince("--output=x", folder)).toThrow(/compare this folder/);
});
