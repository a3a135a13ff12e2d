import { posix } from "node:path";

/** The texts of a repository. Paths are relative to its root. */
export interface RepositoryTexts {
  readonly index: FileIndex;
  /** The text of a file; `undefined` if it is not a text. */
  readonly textOf: (path: string) => string | undefined;
  /** Where a symbolic link leads, relative to the root; `undefined` if the file is not a link. */
  readonly linkOf: (path: string) => string | undefined;
}

/** The files of a repository, for lookups that take no longer in a large one. */
export interface FileIndex {
  readonly files: readonly string[];
  readonly names: ReadonlySet<string>;
  /** The folders, each with the files in it and below. `.` is the repository. */
  readonly folders: ReadonlyMap<string, readonly string[]>;
  /** Files by their paths without each ending: `a/b.test.ts` is at `a/b.test` and at `a/b`. */
  readonly stems: ReadonlyMap<string, readonly string[]>;
}

/** Makes the index. */
export function indexFiles(files: readonly string[]): FileIndex {
  const folders = new Map<string, string[]>([[".", [...files]]]);
  const stems = new Map<string, string[]>();
  const add = (map: Map<string, string[]>, key: string, file: string) => {
    const list = map.get(key);
    if (list === undefined) map.set(key, [file]);
    else list.push(file);
  };
  for (const file of files) {
    for (let at = file.indexOf("/"); at > 0; at = file.indexOf("/", at + 1)) add(folders, file.slice(0, at), file);
    const name = file.lastIndexOf("/") + 1;
    for (let at = file.indexOf(".", name + 1); at > 0; at = file.indexOf(".", at + 1))
      add(stems, file.slice(0, at), file);
  }
  return { files, names: new Set(files), folders, stems };
}

/** The files outside of its folder that a project may use. */
export interface Dependencies {
  /** Files, and folders with everything in them; `.` is the whole repository. */
  readonly paths: ReadonlySet<string>;
}

/** A package of the repository that others can import by its name. */
interface NamedPackage {
  readonly folder: string;
  readonly name: string;
}

/** Files that name a package, and where the name is. */
const MANIFESTS: readonly (readonly [file: RegExp, name: RegExp])[] = [
  [/^package\.json$/, /"name"\s*:\s*"([^"]+)"/],
  [/^pyproject\.toml$/, /^[ \t]*name[ \t]*=[ \t]*["']([^"'\n]+)["']/m],
  [/^go\.mod$/, /^module\s+(\S+)/m],
  [/^pom\.xml$/, /<artifactId>([^<]+)<\/artifactId>/],
];

/**
 * What a project may use outside of its own folder, from the texts in it. A path with `..` counts, wherever it stands,
 * and so does the name of another package of the repository. What these files name is followed in the same way. If only
 * a part of a path is known, such as the part before a variable, everything in that folder counts.
 */
export function dependenciesOf(folder: string, texts: RepositoryTexts): Dependencies {
  const { index } = texts;
  const packages = packagesIn(texts).filter((one) => !isIn(one.folder, folder) && !isIn(folder, one.folder));
  const paths = new Set<string>();
  const open = [...(index.folders.get(folder) ?? [])];
  const seen = new Set(open);
  const add = (path: string) => {
    if (isIn(path, folder) || [...paths].some((known) => isIn(path, known))) return;
    paths.add(path);
    for (const file of index.folders.get(path) ?? [path]) {
      if (!seen.has(file)) open.push(file);
      seen.add(file);
    }
  };
  // If everything counts, nothing more can.
  for (let path = open.pop(); path !== undefined && !paths.has("."); path = open.pop()) {
    const link = texts.linkOf(path);
    if (link !== undefined) add(link);
    const text = link === undefined ? texts.textOf(path) : undefined;
    if (text === undefined) continue;
    const bases = [posix.dirname(path), ...(isIn(path, folder) ? [folder] : [])];
    for (const base of new Set(bases)) {
      // The files outside of a project may name others without `..`, as a Compose file does.
      for (const named of isIn(path, folder) ? upwardPaths(text) : anyPaths(text)) {
        for (const found of resolved(base, named, index)) add(found);
      }
    }
    for (const { name, folder: of } of packages) if (text.includes(name)) add(of);
  }
  return { paths };
}

/** Whether a changed file is one that a project may use. */
export function uses(folder: string, { paths }: Dependencies, changed: string): boolean {
  if (isIn(changed, folder)) return true;
  // Files next to a folder above hold settings for everything below them: lockfiles, versions of tools, variables.
  if (isIn(folder, posix.dirname(changed)) && !/\.md$/i.test(changed)) return true;
  return [...paths].some((path) => isIn(changed, path) || isIn(path, changed));
}

/** Whether a path is a folder, or is in it. */
function isIn(path: string, folder: string): boolean {
  return folder === "." || path === folder || path.startsWith(`${folder}/`);
}

/** A path with `..` that stands alone or begins a longer one. Three dots are no path. */
const UPWARD = /(?<![\w.])(?:\.\/)?\.\.(?![\w.])(?:\/[^\s"'`,;:()[\]{}<>|*?\\#]*)?/g;

function upwardPaths(text: string): ReadonlySet<string> {
  return new Set(text.match(UPWARD) ?? []);
}

/** Everything that may be a path. */
const ANY = /[^\s"'`,;:()[\]<>|*?\\#=]+/g;

function anyPaths(text: string): ReadonlySet<string> {
  return new Set(text.match(ANY) ?? []);
}

/**
 * The files and folders that a path may name: a file without its ending, too, because programs import such. Of a path
 * that leads out of the repository, nothing is left.
 */
function resolved(base: string, named: string, { folders, stems, names }: FileIndex): readonly string[] {
  const known = named.includes("$") ? named.slice(0, named.indexOf("$")) : named;
  // With a variable, the part before it is known up to its last slash.
  const path = known === named ? named : known.slice(0, known.lastIndexOf("/") + 1);
  // The name of an image begins with a variable, too, so this is a path only if a slash follows.
  if (path === "" && (known === named || !named.includes("/"))) return [];
  const whole = posix.join(base, path).replace(/\/$/, "");
  if (named.startsWith("/") || whole === ".." || whole.startsWith("../") || whole === "") return [];
  return folders.has(whole) || names.has(whole) ? [whole] : (stems.get(whole) ?? []);
}

function packagesIn({ index: { files }, textOf }: RepositoryTexts): readonly NamedPackage[] {
  return files.flatMap((path) => {
    const folder = posix.dirname(path);
    const file = posix.basename(path);
    if (folder === ".") return [];
    const manifest = MANIFESTS.find(([pattern]) => pattern.test(file));
    if (manifest !== undefined)
      return [{ folder, name: manifest[1].exec(textOf(path) ?? "")?.[1] ?? posix.basename(folder) }];
    if (/\.(cs|fs|vb)proj$/.test(file) || /^build\.gradle(\.kts)?$/.test(file)) {
      return [{ folder, name: file.endsWith("proj") ? posix.parse(file).name : posix.basename(folder) }];
    }
    return [];
  });
}
