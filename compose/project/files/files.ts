/** The permissions of a file, which its copy in a container gets too. */
export interface FileMode {
  readonly executable?: boolean;
  /** Whether only the owner has access to the file. */
  readonly ownerOnly?: boolean;
}

/** The result of reading a file. */
export type FileRead =
  | ({ readonly kind: "bytes"; readonly bytes: Uint8Array } & FileMode)
  | { readonly kind: "fault"; readonly reason: FileError };

/** The reason why a file could not be read. `large`: the file has more than `most` bytes. */
export type FileError = "missing" | "folder" | "forbidden" | "large" | "unreadable";

/** The result of listing a folder. */
export type FolderList =
  | { readonly kind: "names"; readonly names: readonly string[] }
  | { readonly kind: "fault"; readonly reason: FileError };

/** The kind of object at a path. `forbidden`: this user has no access. */
export type PathKind = "file" | "folder" | "device" | "missing" | "forbidden";

/** Access to the files of a project. Paths are absolute. No function throws. */
export interface ProjectFiles {
  /** Returns the kind of object at a path. Links are followed. A socket or a pipe is a `device` too. */
  stat(path: string): PathKind;
  /** Returns the path with all links resolved. If nothing is at the path, returns the path itself. */
  real(path: string): string;
  /** Returns the content of a file, if the file has at most `most` bytes. */
  read(path: string, most: number): FileRead;
  /**
   * Returns the sorted names in a folder. Listing stops after `most + 1` names, so a list of that length may be
   * incomplete.
   */
  list(path: string, most: number): FolderList;
}

const MESSAGES: Readonly<Record<Exclude<FileError, "large">, string>> = {
  missing: "does not exist",
  folder: "is a folder",
  forbidden: "may not be read by this user",
  unreadable: "cannot be read",
};

/** Returns the message about a file that could not be read, as text after the name of the file. */
export function fileErrorMessage(reason: FileError, most: number): string {
  return reason === "large" ? `is larger than ${most} bytes` : MESSAGES[reason];
}
