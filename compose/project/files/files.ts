/** The permissions of a file. A copy in a container gets the same permissions. */
export interface FileMode {
  readonly executable?: boolean;
  /** Whether only the owner has access to the file. */
  readonly ownerOnly?: boolean;
}

/** The result of reading a file. */
export type FileRead =
  | ({ readonly kind: "bytes"; readonly bytes: Uint8Array } & FileMode)
  | { readonly kind: "fault"; readonly reason: FileError };

/** The reason why a file could not be read. `large`: the file is larger than the caller allows. */
export type FileError = "missing" | "folder" | "forbidden" | "large" | "unreadable";

/** The result of listing a folder. */
export type FolderList =
  | { readonly kind: "names"; readonly names: readonly string[] }
  | { readonly kind: "fault"; readonly reason: FileError };

/** The type of file at a path. `forbidden`: this user has no access. */
export type PathKind = "file" | "folder" | "device" | "missing" | "forbidden";

/** Access to the files of a project. Paths are absolute. No function throws. */
export interface ProjectFiles {
  /** Returns the type of file at a path, after links are resolved. A socket or a pipe is a `device`. */
  stat(path: string): PathKind;
  /** Returns the path with all links resolved. If the path does not exist, returns it unchanged. */
  real(path: string): string;
  /** Returns the content of a file, if the file has at most `most` bytes. */
  read(path: string, most: number): FileRead;
  /**
   * Returns the sorted names in a folder. Listing stops after `most + 1` names, so a list of this length may be
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

/** Returns the message about a file that could not be read. In a sentence, the message follows the name of the file. */
export function fileErrorMessage(reason: FileError, most: number): string {
  return reason === "large" ? `is larger than ${most} bytes` : MESSAGES[reason];
}
