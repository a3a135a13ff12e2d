/** Reads the files of a repository. Paths are relative to its root. */
export interface RepositoryTexts {
  readonly index: FileIndex;
  /** The text of a file; undefined if the file is binary, too large or missing. */
  readonly textOf: (path: string) => string | undefined;
  /** The target of a symbolic link, relative to the root; undefined if the file is not a link. */
  readonly linkOf: (path: string) => string | undefined;
}

/**
 * The files of a repository. With this index, a lookup takes no longer in a large repository than in a small
 * repository.
 */
export interface FileIndex {
  readonly files: readonly string[];
  readonly names: ReadonlySet<string>;
  /** Maps each folder to the files in it and in its subfolders. `.` is the root folder of the repository. */
  readonly folders: ReadonlyMap<string, readonly string[]>;
  /** Maps a path without one or more of its endings to the files: `a/b.test` and `a/b` lead to `a/b.test.ts`. */
  readonly stems: ReadonlyMap<string, readonly string[]>;
}

/** Makes the index of the files of a repository. `files` are their paths. */
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

/** Returns whether a path is a folder, or is in it. */
export function isIn(path: string, folder: string): boolean {
  return folder === "." || path === folder || path.startsWith(`${folder}/`);
}
