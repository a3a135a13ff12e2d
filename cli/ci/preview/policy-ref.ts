import { spawnSync } from "node:child_process";
import { basename, dirname } from "node:path";
import type { PolicyBytes } from "../../../provider/policy";

/** The result of reading a policy of a commit; `missing` if the commit has no such file. */
export type PolicyAtRef = PolicyBytes | { readonly kind: "missing" };

/** The largest output of git that is read. `readPolicy` refuses a policy of this size. */
const LARGEST = 1_048_577;
const LONGEST_MILLISECONDS = 30_000;

/** Runs git in a folder. */
type RunGit = (
  folder: string,
  args: readonly string[],
) => { readonly status: number | null; readonly stdout: Uint8Array; readonly stderr: string; readonly error?: string };

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
  const known = git(folder, ["rev-parse", "--verify", "--quiet", `${ref}^{commit}`]);
  if (known.error !== undefined) return failed(known.error);
  if (known.status !== 0) {
    const why = firstLine(known.stderr) ?? "this clone does not have it";
    return failed(`${why}. Fetch it first, such as with \`git fetch origin main\` or \`fetch-depth: 0\``);
  }
  const listed = git(folder, ["ls-tree", "-z", "--name-only", ref, "--", `./${basename(path)}`]);
  if (listed.status !== 0) return failed(firstLine(listed.stderr) ?? listed.error ?? "git ls-tree failed");
  if (listed.stdout.byteLength === 0) return { kind: "missing" };
  const shown = git(folder, ["cat-file", "blob", `${ref}:./${basename(path)}`]);
  if (shown.stdout.byteLength >= LARGEST) return { kind: "bytes", bytes: shown.stdout };
  if (shown.status !== 0) return failed(firstLine(shown.stderr) ?? shown.error ?? "git cat-file failed");
  return { kind: "bytes", bytes: shown.stdout };
}

const runGit: RunGit = (folder, args) => {
  const { status, stdout, stderr, error } = spawnSync("git", ["-C", folder, ...args], {
    maxBuffer: LARGEST,
    timeout: LONGEST_MILLISECONDS,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const code = (error as NodeJS.ErrnoException | undefined)?.code;
  const reasons: Readonly<Record<string, string>> = {
    ENOENT: "git is not on PATH",
    ETIMEDOUT: `git gave no answer in ${LONGEST_MILLISECONDS / 1000} s`,
  };
  const reason = code === undefined || code === "ENOBUFS" ? undefined : (reasons[code] ?? `git: ${code}`);
  return {
    status,
    stdout: stdout ?? new Uint8Array(),
    stderr: (stderr ?? "").toString(),
    ...(reason === undefined ? {} : { error: reason }),
  };
};

function firstLine(text: string): string | undefined {
  const line = text.split("\n").find((one) => one.trim() !== "");
  return line?.replace(/^fatal: /, "").replace(/[.:]$/, "");
}
