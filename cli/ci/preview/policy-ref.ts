import { basename, dirname } from "node:path";
import type { PolicyBytes } from "../../../provider/policy";
import { commitOf, firstLine, LARGEST_OUTPUT, type RunGit, runGit } from "../git";

/** The result of reading a policy of a commit; `missing` if the commit has no such file. */
export type PolicyAtRef = PolicyBytes | { readonly kind: "missing" };

/**
 * Reads a file of another commit, such as that of the base branch, so that a pull request cannot change the policy that
 * it is checked with.
 *
 * @param ref of a commit, such as `origin/main`
 * @param path absolute, in a repository
 */
export function readAtRef(ref: string, path: string, git: RunGit = runGit): PolicyAtRef {
  const failed = (reason: string): PolicyAtRef => ({ kind: "error", reason: `cannot be read at ${ref}: ${reason}` });
  // Another form would be an option of git, or name another file.
  if (!/^[\w][\w./@^~+-]*$/.test(ref) || ref.includes(".."))
    return failed("it is not the name of a commit or a branch");
  const folder = dirname(path);
  // The name is resolved only once, so that all that is read belongs to one commit.
  const commit = commitOf(ref, folder, git);
  if (commit.kind === "error") return failed(commit.reason);
  if (commit.kind === "missing")
    return failed(`${commit.reason}. Fetch it first, such as with \`git fetch origin main\` or \`fetch-depth: 0\``);
  const listed = git(folder, ["ls-tree", "-z", "--name-only", commit.id, "--", `./${basename(path)}`]);
  if (listed.status !== 0) return failed(firstLine(listed.stderr) ?? listed.error ?? "git ls-tree failed");
  if (listed.stdout.byteLength === 0) return { kind: "missing" };
  const shown = git(folder, ["cat-file", "blob", `${commit.id}:./${basename(path)}`]);
  if (shown.stdout.byteLength >= LARGEST_OUTPUT) return { kind: "bytes", bytes: shown.stdout };
  if (shown.status !== 0) return failed(firstLine(shown.stderr) ?? shown.error ?? "git cat-file failed");
  return { kind: "bytes", bytes: shown.stdout };
}
