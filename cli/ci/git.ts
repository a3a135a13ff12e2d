import { spawnSync } from "node:child_process";

/** An answer of git. `error`: git did not run, or did not answer in time. */
export interface GitAnswer {
  readonly status: number | null;
  readonly stdout: Uint8Array;
  readonly stderr: string;
  readonly error?: string;
}

/** Runs git in a folder. An answer that is longer than `most` bytes is cut. */
export type RunGit = (folder: string, args: readonly string[], most?: number) => GitAnswer;

/**
 * The default limit for an output of git, in bytes: one more than `readPolicy` allows. So `readPolicy` refuses a policy
 * that is cut here.
 */
export const LARGEST_OUTPUT = 1_048_577;
const LONGEST_MILLISECONDS = 30_000;

/** Runs the git of this machine. */
export const runGit: RunGit = (folder, args, most = LARGEST_OUTPUT) =>
  answerOf(
    spawnSync("git", ["-C", folder, ...args], {
      maxBuffer: most,
      timeout: LONGEST_MILLISECONDS,
      stdio: ["ignore", "pipe", "pipe"],
    }),
  );

/** The end of a process, as Node.js reports it. A process that did not start has no output. */
interface EndedProcess {
  readonly status: number | null;
  readonly stdout: Uint8Array | null;
  readonly stderr: Uint8Array | null;
  readonly error?: NodeJS.ErrnoException;
}

/** Returns the answer of git, with the reason if git did not run or gave no answer in time. */
export function answerOf({ status, stdout, stderr, error }: EndedProcess): GitAnswer {
  const reasons: Readonly<Record<string, string>> = {
    ENOENT: "git is not on PATH",
    ETIMEDOUT: `git gave no answer in ${LONGEST_MILLISECONDS / 1000} s`,
  };
  const code = error?.code;
  const reason = code === undefined || code === "ENOBUFS" ? undefined : (reasons[code] ?? `git: ${code}`);
  return {
    status,
    stdout: stdout ?? new Uint8Array(),
    stderr: Buffer.from(stderr ?? []).toString("utf8"),
    ...(reason === undefined ? {} : { error: reason }),
  };
}

/** Returns the first line of an error of git. */
export function firstLine(text: string): string | undefined {
  const line = text.split("\n").find((one) => one.trim() !== "");
  return line?.replace(/^fatal: /, "").replace(/[.:]$/, "");
}

/** The commit that a name means, or the reason why the name means no commit. */
export type CommitOf =
  | { readonly kind: "commit"; readonly id: string }
  | { readonly kind: "missing"; readonly reason: string }
  | { readonly kind: "error"; readonly reason: string };

/**
 * Returns the id of the commit that a name means. Git itself prefers a tag to a branch of the same name. So a person
 * who may push a tag could make a name mean another commit. Here, a branch comes before a tag:
 *
 * | name | means |
 * |---|---|
 * | `refs/…`, an id of 40 or 64 digits, a name such as `HEAD` or `FETCH_HEAD` | as git reads it |
 * | another name, even with `~1` or `^` at its end | the first that exists: `refs/NAME`, a remote branch, a local branch, the default branch of a remote, a tag |
 * | a tag whose name is also the beginning of an object id | an error: the name has two meanings |
 * | anything else, such as the beginning of an id | as git reads it |
 */
export function commitOf(ref: string, folder: string, git: RunGit = runGit): CommitOf {
  const named = fullName(ref, folder, git);
  if (named.kind !== "name") return named;
  const known = git(folder, ["rev-parse", "--verify", "--quiet", "--end-of-options", `${named.name}^{commit}`]);
  if (known.error !== undefined) return { kind: "error", reason: known.error };
  const id = textOf(known).trim();
  if (known.status === 0 && /^[0-9a-f]{40,64}$/.test(id)) return { kind: "commit", id };
  return { kind: "missing", reason: firstLine(known.stderr) ?? "this clone does not have it" };
}

type Named = { readonly kind: "name"; readonly name: string } | Extract<CommitOf, { readonly reason: string }>;

/** Names that have only one meaning, because git does not look for a branch or a tag of this name. */
const OWN_NAMES = /^(?:refs\/.*|[A-Z_]*HEAD|@|[0-9a-f]{40}|[0-9a-f]{64})$/;

function fullName(ref: string, folder: string, git: RunGit): Named {
  const [, name = ref, end = ""] = /^([^~^]+)(.*)$/s.exec(ref) ?? [];
  if (OWN_NAMES.test(name)) return { kind: "name", name: ref };
  const tag = `refs/tags/${name}`;
  const names = [`refs/${name}`, `refs/remotes/${name}`, `refs/heads/${name}`, `refs/remotes/${name}/HEAD`, tag];
  const listed = git(folder, ["for-each-ref", "--format=%(refname)", ...names]);
  if (listed.error !== undefined) return { kind: "error", reason: listed.error };
  if (listed.status !== 0) return { kind: "missing", reason: firstLine(listed.stderr) ?? "git for-each-ref failed" };
  const existing = textOf(listed).split("\n");
  const found = names.find((one) => existing.includes(one));
  if (found === tag && isBeginningOfId(name, folder, git))
    return { kind: "error", reason: `it is a tag, and the beginning of an id. Write ${tag}, or the whole id` };
  return { kind: "name", name: found === undefined ? ref : `${found}${end}` };
}

function isBeginningOfId(name: string, folder: string, git: RunGit): boolean {
  return /^[0-9a-f]{4,}$/i.test(name) && textOf(git(folder, ["rev-parse", `--disambiguate=${name}`])).trim() !== "";
}

/** Returns the output of git as text. */
export function textOf({ stdout }: GitAnswer): string {
  return Buffer.from(stdout).toString("utf8");
}
