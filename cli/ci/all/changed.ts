import { execFileSync } from "node:child_process";
import { lstatSync, readFileSync, readlinkSync } from "node:fs";
import { join, posix, relative, sep } from "node:path";
import { UsageError } from "../../command";
import { commitOf } from "../git";
import { isSettingsFile, type RepositoryProject } from "../repository/projects";
import { isOwnFile } from "../repository/repository-files";
import { dependenciesOf, uses } from "./dependencies";
import { indexFiles, type RepositoryTexts } from "./file-index";
import { lastPart } from "./targets";

/** The largest file that is searched, in bytes. A larger file is data, not a program that names other files. */
const LARGEST_TEXT = 16_000_000;

/**
 * Returns the files that were added, changed or deleted since this branch left `ref`, even without a commit. The paths
 * are relative to `folder`, so a path outside of `folder` begins with `../`.
 */
export function changedSince(ref: string, folder: string): readonly string[] {
  const git = (cwd: string, ...args: readonly string[]) =>
    execFileSync("git", args, {
      cwd,
      encoding: "utf8",
      maxBuffer: Number.POSITIVE_INFINITY,
      stdio: ["ignore", "pipe", "pipe"],
    });
  const listed = (text: string) => text.split("\0").filter((path) => path !== "");
  try {
    const top = git(folder, "rev-parse", "--show-toplevel").trimEnd();
    const commit = commitOf(ref, folder);
    if (commit.kind !== "commit") throw new Error(commit.reason);
    const base = git(folder, "merge-base", commit.id, "HEAD").trim();
    const tracked = listed(git(top, "diff", "--name-only", "--no-renames", "--no-ext-diff", "-z", base, "--"));
    const added = listed(git(top, "ls-files", "--others", "--exclude-standard", "-z")).filter(isOwnFile);
    const fromHere = (path: string) => relative(folder, join(top, path)).split(sep).join("/");
    return [...new Set([...tracked, ...added].map(fromHere))].sort();
  } catch {
    throw new UsageError(
      `Git cannot compare this folder with "${ref}", for --since. The commit must be there, with its history: on GitHub, set fetch-depth: 0, on GitLab GIT_DEPTH: 0`,
    );
  }
}

/**
 * Returns a function that decides whether a change may concern a stack. If this is not certain, the stack counts as
 * concerned.
 */
export function concernedBy(
  changed: readonly string[],
  texts: RepositoryTexts,
): (project: RepositoryProject, stack: string) => boolean {
  const found = new Map<string, ReturnType<typeof dependenciesOf>>();
  return (project, stack) => {
    // Files outside of the command's folder are not searched, so a change outside may concern every stack.
    if (changed.some((path) => path.startsWith("../"))) return true;
    const dependencies = found.get(project.folder) ?? dependenciesOf(project.folder, texts);
    found.set(project.folder, dependencies);
    return changed.some(
      (path) =>
        !isSettingsFile(path, project, (name) => name !== lastPart(stack)) && uses(project.folder, dependencies, path),
    );
  };
}

/**
 * Returns an object that reads the text files of a repository. Its index also has the files that a change has removed,
 * so that a path to such a file is still found in a text.
 */
export function textsOf(folder: string, files: readonly string[], changed: readonly string[]): RepositoryTexts {
  const texts = new Map<string, string | undefined>();
  return {
    index: indexFiles([...new Set([...files, ...changed])].sort()),
    textOf: (path) => {
      if (!texts.has(path)) texts.set(path, textAt(join(folder, path)));
      return texts.get(path);
    },
    linkOf: (path) => linkAt(folder, path),
  };
}

function textAt(path: string): string | undefined {
  try {
    const { size } = lstatSync(path);
    const text = size > LARGEST_TEXT ? undefined : readFileSync(path, "utf8");
    return text?.includes("\0") ? undefined : text;
  } catch {
    return undefined;
  }
}

function linkAt(folder: string, path: string): string | undefined {
  try {
    return posix.join(posix.dirname(path), readlinkSync(join(folder, path)));
  } catch {
    return undefined;
  }
}
