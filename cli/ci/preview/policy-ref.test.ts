import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { readAtMost } from "../../compose/files";
import { fakeSurface } from "../../testing/surface";
import { policyOf } from "./policy";
import { type PolicyAtRef, readAtRef } from "./policy-ref";

const PATH = "/repo/infra/lyceum-policy.yaml";
const ID = "0123456789abcdef0123456789abcdef01234567";
const ok = (text = "") => ({ status: 0, stdout: Buffer.from(text), stderr: "" });

const NAMES = ok("refs/remotes/origin/main\n");
const COMMIT = ok(`${ID}\n`);

/** Returns a fake git whose commands give these answers, in this order. */
function gitOf(...answers: readonly ReturnType<typeof ok>[]) {
  const calls: string[] = [];
  let at = 0;
  const git = (folder: string, args: readonly string[]) => {
    calls.push(`${folder}: ${args.join(" ")}`);
    at += 1;
    return answers[at - 1] ?? ok();
  };
  return { git, calls };
}

test("the policy file of the commit is read in addition to the file in the folder", () => {
  const { git, calls } = gitOf(NAMES, COMMIT, ok("lyceum-policy.yaml\0"), ok("maxTimeout: 1\n"));
  expect(readAtRef("origin/main", PATH, undefined, git)).toEqual({
    kind: "bytes",
    bytes: Buffer.from("maxTimeout: 1\n"),
  });
  // After its first answer about a commit, git is only called with the id of the commit.
  expect(calls.slice(1)).toEqual([
    "/repo/infra: rev-parse --verify --quiet --end-of-options refs/remotes/origin/main^{commit}",
    `/repo/infra: ls-tree -z --name-only ${ID} -- ./lyceum-policy.yaml`,
    `/repo/infra: cat-file blob ${ID}:./lyceum-policy.yaml`,
  ]);
});

test.each<[string, string, readonly (ReturnType<typeof ok> & { readonly error?: string })[], RegExp]>([
  [
    "no commit",
    "origin/main",
    [ok(), { ...ok(), status: 1 }],
    /at origin\/main: this clone does not have it\. Fetch it first/,
  ],
  [
    "no repository",
    "main",
    [{ ...ok(), status: 128, stderr: "fatal: not a git repository\n" }],
    /: not a git repository\. /,
  ],
  ["no git", "main", [{ ...ok(), status: null as never, error: "git is not on PATH" }], /: git is not on PATH$/],
  ["an option", "--output=x", [], /: it is not the name of a commit or a branch$/],
  ["a file", "main:other.yaml", [], /: it is not the name of a commit or a branch$/],
  ["a range", "main..HEAD", [], /: it is not the name of a commit or a branch$/],
  [
    "a file that git cannot read",
    "main",
    [ok(), COMMIT, ok("x"), { ...ok(), status: 128, stderr: "fatal: bad object\n" }],
    /: bad object$/,
  ],
])("%s is an error", (_, ref, answers, reason) => {
  expect(readAtRef(ref, PATH, undefined, gitOf(...answers).git)).toEqual({
    kind: "error",
    reason: expect.stringMatching(reason),
  });
});

test("a policy of the commit that git cuts, because it is longer than 1 MiB, is not taken for an error of git", () => {
  const cut = { ...ok(), status: null as never, stdout: Buffer.alloc(1_048_577) };
  const read = (answer: typeof cut) => readAtRef("main", PATH, undefined, gitOf(ok(), COMMIT, ok("x"), answer).git);
  expect(read(cut)).toMatchObject({ kind: "bytes", bytes: cut.stdout });
  expect(read({ ...cut, stdout: Buffer.alloc(1_048_576) })).toMatchObject({ kind: "error" });
});

test("a commit without the file has no policy", () => {
  expect(readAtRef("main", PATH, undefined, gitOf(ok(), COMMIT, ok("")).git)).toEqual({ kind: "missing" });
});

test("a pull request cannot loosen its own policy, but may add the first policy", () => {
  const surface = fakeSurface({ "lyceum-policy.yaml": "maxTimeout: 600\n" });
  const read = (atRef: PolicyAtRef, files = surface) =>
    policyOf({ policy: undefined, folder: "/project", policyRef: "origin/main" }, files, () => atRef);
  expect(read({ kind: "bytes", bytes: Buffer.from("maxTimeout: 60\n") })).toEqual({ maxTimeout: 60 });
  // A pull request that removes the policy file cannot switch off the policy either.
  expect(read({ kind: "bytes", bytes: Buffer.from("maxTimeout: 60\n") }, fakeSurface({}))).toEqual({ maxTimeout: 60 });
  expect(read({ kind: "missing" })).toEqual({ maxTimeout: 600 });
  expect(read({ kind: "missing" }, fakeSurface({}))).toBeUndefined();
  expect(() => read({ kind: "error", reason: "cannot be read at origin/main: x" })).toThrow(
    "LYC5100: The policy lyceum-policy.yaml of origin/main cannot be read at origin/main: x.",
  );
  expect(() => read({ kind: "bytes", bytes: Buffer.from("maxTimout: 1\n") })).toThrow(
    /lyceum-policy\.yaml of origin\/main:1: a policy has no key maxTimout/,
  );
});

describe("a project that moves to another folder", () => {
  let root = "";
  const git = (...args: readonly string[]) =>
    execFileSync("git", ["-c", "user.name=x", "-c", "user.email=x@example.com", ...args], {
      cwd: root,
      stdio: ["ignore", "ignore", "inherit"],
    });
  const put = (path: string, text: string) => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  };
  const surface = () => ({
    ...fakeSurface({}),
    folder: root,
    stat: (path: string) => (existsSync(path) ? ("file" as const) : ("missing" as const)),
    read: (path: string, most: number) => readAtMost(path, most),
  });
  const policy = (folder: string, more: { readonly policy?: string } = {}) =>
    policyOf({ policy: undefined, policyRef: "main", folder: join(root, folder), ...more }, surface());

  beforeEach(() => {
    root = realpathSync(mkdtempSync(join(tmpdir(), "lyceum-moved-")));
    git("init", "--quiet", "--initial-branch=main");
    put("infra/Pulumi.yaml", "name: training\nruntime: yaml\n");
    put("infra/lyceum-policy.yaml", "maxTimeout: 60\n");
    put("tools/Pulumi.yaml", "name: tools\nruntime: yaml\n");
    git("add", "--all");
    git("commit", "--quiet", "--message", "x");
    git("checkout", "--quiet", "-b", "work");
    git("mv", "infra", "infra2");
  });
  afterEach(() => rmSync(root, { recursive: true }));

  test("keeps its policy, also with a file in the new folder", () => {
    git("rm", "--quiet", "--force", "infra2/lyceum-policy.yaml");
    expect(policy("infra2")).toEqual({ maxTimeout: 60 });
    put("infra2/lyceum-policy.yaml", "maxTimeout: 6000\n");
    expect(policy("infra2")).toEqual({ maxTimeout: 60 });
    expect(policy("infra2", { policy: join(root, "infra2/lyceum-policy.yaml") })).toEqual({ maxTimeout: 6000 });
  });

  test("is refused with another name, unless the project had no policy before", () => {
    put("infra2/Pulumi.yaml", "name: other\nruntime: yaml\n");
    expect(() => policy("infra2")).toThrow(
      /^LYC5100: The policy infra2\/lyceum-policy\.yaml of main .*such as infra\/lyceum-policy\.yaml\. Commit a policy for this folder there first\./,
    );
    expect(policy("tools")).toBeUndefined();
    put("tools/Pulumi.yaml", "name: training\nruntime: yaml\n");
    expect(policy("tools")).toEqual({ maxTimeout: 60 });
  });
});
