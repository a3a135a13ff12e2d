import { execFileSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";

/** Folders with files that nobody of the project has written. */
const FOREIGN = ["node_modules", ".git"];

/** The largest list of files that Git may print, in bytes. */
const LARGEST_LIST = 256_000_000;

/**
 * The files below a folder, by relative paths, sorted. In a Git repository, ignored files are left out. Files in
 * `node_modules` are left out everywhere.
 */
export function repositoryFiles(folder: string): readonly string[] {
  const files = listedByGit(folder) ?? walked(folder, "");
  return files.filter((path) => !path.split("/").some((part) => FOREIGN.includes(part))).sort();
}

/**
 * The tracked files, and new ones that are not ignored; `undefined` outside of a repository or without Git. A folder
 * that a repository above ignores is not a part of it.
 */
function listedByGit(folder: string): readonly string[] | undefined {
  try {
    const args = ["ls-files", "--cached", "--others", "--exclude-standard", "-z"];
    const list = execFileSync("git", args, {
      cwd: folder,
      encoding: "utf8",
      maxBuffer: LARGEST_LIST,
      stdio: ["ignore", "pipe", "ignore"],
    });
    // A file with conflicts is listed once for each version.
    const paths = [...new Set(list.split("\0").filter((path) => path !== ""))];
    return paths.length === 0 ? undefined : paths;
  } catch {
    return undefined;
  }
}

function walked(folder: string, below: string): readonly string[] {
  return readdirSync(join(folder, below), { withFileTypes: true }).flatMap((entry) => {
    const path = below === "" ? entry.name : `${below}/${entry.name}`;
    if (entry.isDirectory()) return FOREIGN.includes(entry.name) ? [] : walked(folder, path);
    return entry.isFile() ? [path] : [];
  });
}
