import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { answerOf, commitOf, textOf } from "./git";

let folder = "";
const ids: string[] = [];

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "lyceum-git-"));
  git("init", "--quiet", "--initial-branch=work");
  for (const message of ["zero", "one", "two", "three"]) {
    git("commit", "--quiet", "--allow-empty", "--message", message);
    ids.push(git("rev-parse", "HEAD"));
  }
  const [zero = "", one = "", two = "", three = ""] = ids;
  const refs = {
    "refs/remotes/origin/main": one,
    "refs/tags/origin/main": two,
    "refs/heads/origin/main": three,
    "refs/tags/remotes/origin/main": two,
    "refs/heads/main": one,
    "refs/tags/main": two,
    "refs/remotes/upstream/HEAD": one,
    "refs/tags/upstream": two,
    "refs/tags/v1": zero,
    "refs/tags/HEAD": zero,
    [`refs/tags/${one.slice(0, 8)}`]: two,
    [`refs/tags/${one}`]: two,
  };
  for (const [name, id] of Object.entries(refs)) git("update-ref", name, id);
});
afterAll(() => rmSync(folder, { recursive: true }));

function git(...args: readonly string[]): string {
  const own = ["-c", "user.name=x", "-c", "user.email=x@example.com", ...args];
  return execFileSync("git", own, { cwd: folder, encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).trim();
}

test.each([
  ["a remote branch, not a tag or a local branch", "origin/main", 1],
  ["an ancestor of it", "origin/main~1", 0],
  ["a remote branch, partly qualified", "remotes/origin/main", 1],
  ["a local branch, not a tag", "main", 1],
  ["the default branch of a remote, not a tag", "upstream", 1],
  ["a tag", "v1", 0],
  ["a tag by its full name", "refs/tags/main", 2],
  ["the commit of the folder, not a tag", "HEAD", 3],
  ["its parent", "HEAD^", 2],
  ["the same, in short", "@~1", 2],
])("a name means %s: %s", (_, ref, at) => {
  expect(commitOf(ref, folder)).toEqual({ kind: "commit", id: ids[at] });
});

test("an id means its commit; the beginning of an id must not also be the name of a tag", () => {
  const [zero = "", one = ""] = ids;
  expect(commitOf(one, folder)).toEqual({ kind: "commit", id: one });
  expect(commitOf(zero.slice(0, 12), folder)).toEqual({ kind: "commit", id: zero });
  expect(commitOf(one.slice(0, 8), folder)).toEqual({
    kind: "error",
    reason: `it is a tag, and the beginning of an id. Write refs/tags/${one.slice(0, 8)}, or the whole id`,
  });
});

test("a name that this clone does not have, or that is an option, is not a commit", () => {
  expect(commitOf("origin/nowhere", folder)).toEqual({ kind: "missing", reason: "this clone does not have it" });
  expect(commitOf("--output=x", folder)).toMatchObject({ kind: "missing" });
});

const ended = (code: string) => ({
  status: null,
  stdout: null,
  stderr: null,
  error: Object.assign(new Error("no"), { code }),
});

test.each([
  ["is not on PATH", "ENOENT", "git is not on PATH"],
  ["does not end", "ETIMEDOUT", "git gave no answer in 30 s"],
  ["cannot be run", "EACCES", "git: EACCES"],
])("the reason is named if git %s", (_what, code, error) => {
  const answer = answerOf(ended(code));
  expect([textOf(answer), answer.stderr, answer.error]).toEqual(["", "", error]);
  for (const ref of ["HEAD", "main"])
    expect(commitOf(ref, folder, () => answer)).toEqual({ kind: "error", reason: error });
});

test("an output that is too long is cut, which is no error", () => {
  const answer = answerOf({ ...ended("ENOBUFS"), stdout: Buffer.from("f05"), stderr: Buffer.from("warning") });
  expect([textOf(answer), answer.stderr, answer.error]).toEqual(["f05", "warning", undefined]);
});
