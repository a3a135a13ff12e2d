import { join, resolve } from "node:path";
import picomatch from "picomatch";
import type { ProjectFiles } from "../../compose/project";

/** Folders that are searched only if the pattern names them, because their files are not the user's own. */
const FOREIGN = ["node_modules", ".git"];
/** The largest number of names that are read in one folder. */
const MOST_NAMES = 100_000;

/**
 * Returns the files that a pattern such as `stacks/**\/compose.yaml` matches, sorted. The paths are relative to
 * `folder`, or absolute if the pattern is. The pattern has the syntax of bash with `globstar` and `extglob`: `*` does
 * not match a leading dot, and links to folders are not followed.
 */
export function filesMatching(pattern: string, folder: string, files: Pick<ProjectFiles, "stat" | "list" | "real">) {
  const { base, glob, prefix } = picomatch.scan(pattern, { nonegate: true, unescape: true });
  const matches = picomatch(glob, { nonegate: true });
  const deepest = glob.includes("**") ? Number.POSITIVE_INFINITY : glob.split("/").length;
  const mayBeHidden = /(?:^|[/{,(|])\./.test(glob);
  const found: string[] = [];
  const walk = (below: string, depth: number): void => {
    const here = resolve(folder, base, below);
    const listed = files.list(here, MOST_NAMES);
    if (listed.kind !== "names") return;
    for (const name of listed.names) {
      if (name.startsWith(".") && !mayBeHidden) continue;
      const path = below === "" ? name : `${below}/${name}`;
      const kind = files.stat(join(here, name));
      if (kind === "file" && matches(path)) found.push(path);
      const isOwn = !FOREIGN.includes(name) && files.real(join(here, name)) === join(files.real(here), name);
      if (kind === "folder" && depth < deepest && isOwn) walk(path, depth + 1);
    }
  };
  walk("", 1);
  const named = (path: string) => (base === "" ? path : `${base.replace(/\/$/, "")}/${path}`);
  return found.sort().map((path) => `${prefix === "./" ? "./" : ""}${named(path)}`);
}
