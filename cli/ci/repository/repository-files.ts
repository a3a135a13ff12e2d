import { execFileSync } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";

/** Folders whose files do not belong to the project. */
const FOREIGN = ["node_modules", ".git"];
/**
 * Caches of package managers. A pipeline keeps them in the folder of the repository. Files in these folders are left
 * out if Git does not track them.
 */
const CACHES = [
  ".cache",
  ".gradle",
  ".m2",
  ".npm",
  ".nuget",
  ".pnpm-store",
  ".pulumi",
  ".venv",
  ".yarn",
  "__pycache__",
  "site-packages",
  "vendor",
  "venv",
];

/** `tracked`: only the files that Git tracks. `new`: also the new files that Git neither tracks nor ignores. */
type ListedFiles = "tracked" | "new";

/**
 * Returns the relative paths of the files below a folder, sorted. Three kinds of files are left out: files that Git
 * ignores, files in `node_modules`, and untracked files in caches of package managers.
 */
export function repositoryFiles(folder: string, which: ListedFiles = "new"): readonly string[] {
  const files = listedByGit(folder, which) ?? walked(folder, "");
  return files.filter((path) => !isIn(FOREIGN, path)).sort();
}

/** Returns whether an untracked file may belong to the project. */
export function isOwnFile(path: string): boolean {
  return !isIn(FOREIGN, path) && !isIn(CACHES, path);
}

function isIn(folders: readonly string[], path: string): boolean {
  return path
    .split("/")
    .slice(0, -1)
    .some((part) => folders.includes(part));
}

/**
 * Returns the files that Git lists; undefined outside of a repository or without Git. A folder that its repository
 * ignores counts as outside of the repository.
 */
function listedByGit(folder: string, which: ListedFiles): readonly string[] | undefined {
  const listed = (...args: readonly string[]) =>
    execFileSync("git", ["ls-files", "-z", ...args], {
      cwd: folder,
      encoding: "utf8",
      maxBuffer: Number.POSITIVE_INFINITY,
      stdio: ["ignore", "pipe", "ignore"],
    })
      .split("\0")
      .filter((path) => path !== "");
  try {
    // Git lists a file with merge conflicts once for each version of the file.
    const tracked = [...new Set(listed("--cached"))];
    const untracked = listed("--others", "--exclude-standard");
    if (tracked.length + untracked.length === 0) return undefined;
    return which === "tracked" ? tracked : [...tracked, ...untracked.filter(isOwnFile)];
  } catch {
    return undefined;
  }
}

function walked(folder: string, below: string): readonly string[] {
  return readdirSync(join(folder, below), { withFileTypes: true }).flatMap((entry) => {
    const path = below === "" ? entry.name : `${below}/${entry.name}`;
    // Folders whose files do not belong to the project are not read, because they may be large.
    if (entry.isDirectory()) return isOwnFile(`${path}/`) ? walked(folder, path) : [];
    return entry.isFile() ? [path] : [];
  });
}
