import { basename, dirname, posix } from "node:path";
import type { PolicyBytes } from "../../../provider/policy";
import { commitOf, firstLine, type GitAnswer, LARGEST_OUTPUT, type RunGit, runGit, textOf } from "../git";
import { readProjectFile } from "../repository/projects";
import { policyIn } from "./policy-in";

/**
 * The result of reading a policy from a commit. `missing`: the commit has no policy for the project. `movedFrom`: the
 * path of the policy in the commit. Absent if the policy is in the same folder in the working tree.
 */
export type PolicyAtRef = (PolicyBytes & { readonly movedFrom?: string }) | { readonly kind: "missing" };

/**
 * Reads a policy from another commit, such as the newest commit of the base branch. So a pull request cannot change the
 * policy that checks it.
 *
 * @param ref the name of a commit, such as `origin/main`
 * @param path the absolute path of the policy in the working tree, even if there is no such file
 * @param project the name of the project in the working tree. By this name, the policy is found even if the project is
 * in another folder at `ref`. If `project` is undefined, only the file at `path` counts
 */
export function readAtRef(
  ref: string,
  path: string,
  project: { readonly name: string } | undefined,
  git: RunGit = runGit,
): PolicyAtRef {
  const failed = (reason: string): PolicyBytes => ({ kind: "error", reason: `cannot be read at ${ref}: ${reason}` });
  // Git could read a text with other characters as an option, as a path or as a range of commits.
  if (!/^[\w][\w./@^~+-]*$/.test(ref) || ref.includes(".."))
    return failed("it is not the name of a commit or a branch");
  const folder = dirname(path);
  // The name of the commit or branch is resolved only once, so that all files are read from the same commit.
  const commit = commitOf(ref, folder, git);
  if (commit.kind === "error") return failed(commit.reason);
  if (commit.kind === "missing")
    return failed(`${commit.reason}. Fetch it first, such as with \`git fetch origin main\` or \`fetch-depth: 0\``);
  const { id } = commit;
  if (project === undefined) {
    const listed = git(folder, ["ls-tree", "-z", "--name-only", id, "--", `./${basename(path)}`]);
    if (listed.status !== 0) return failed(firstLine(listed.stderr) ?? listed.error ?? "git ls-tree failed");
    return listed.stdout.byteLength === 0 ? { kind: "missing" } : read(`./${basename(path)}`);
  }
  const prefix = git(folder, ["rev-parse", "--show-prefix"]);
  const all = git(folder, ["ls-tree", "-r", "-z", "--full-tree", "--name-only", id], Number.POSITIVE_INFINITY);
  for (const { status, error, stderr } of [prefix, all])
    if (status !== 0) return failed(firstLine(stderr) ?? error ?? "git ls-tree failed");
  const here = posix.join(".", textOf(prefix).trimEnd().replace(/\/$/, ""));
  const found = policyIn(
    { ...project, folder: here },
    {
      files: textOf(all).split("\0"),
      nameIn: (file) => readProjectFile(file, { read: (one) => bytesOf(git(folder, blob(one))) }).name,
    },
  );
  if (found.kind === "none") return { kind: "missing" };
  if (found.kind === "refused") return failed(found.reason);
  const isHere = posix.dirname(found.path) === here;
  return { ...read(found.path), ...(isHere ? {} : { movedFrom: found.path }) };

  function blob(file: string): readonly string[] {
    return ["cat-file", "blob", `${id}:${file}`];
  }
  function read(file: string): PolicyBytes {
    const shown = git(folder, blob(file));
    if (shown.stdout.byteLength >= LARGEST_OUTPUT) return { kind: "bytes", bytes: shown.stdout };
    if (shown.status !== 0) return failed(firstLine(shown.stderr) ?? shown.error ?? "git cat-file failed");
    return { kind: "bytes", bytes: shown.stdout };
  }
}

function bytesOf({ stdout }: GitAnswer): PolicyBytes {
  return { kind: "bytes", bytes: stdout };
}
