/** The permissions of a file that its copy in a container keeps. */
export interface FileMode {
  readonly executable?: boolean;
  /** Whether nobody but its owner may use it. */
  readonly ownerOnly?: boolean;
}

/** The result of reading a file. */
export type FileRead =
  | ({ readonly kind: "bytes"; readonly bytes: Uint8Array } & FileMode)
  | { readonly kind: "fault"; readonly reason: FileError };

/** Why a file could not be read. `large`: it has more bytes than `most`. */
export type FileError = "missing" | "folder" | "forbidden" | "large" | "unreadable";

/** The result of listing a folder. */
export type FolderList =
  | { readonly kind: "names"; readonly names: readonly string[] }
  | { readonly kind: "fault"; readonly reason: FileError };

/** What is at a path. `forbidden`: this user may not look. */
export type PathKind = "file" | "folder" | "device" | "missing" | "forbidden";

/** Access to the files of a project. Paths are absolute, and nothing throws. */
export interface ProjectFiles {
  /** What is at a path, with links followed. A socket or a pipe is a `device`, too. */
  stat(path: string): PathKind;
  /** The path with all links resolved; the path itself when nothing is there. */
  real(path: string): string;
  /** The content of a file of at most `most` bytes. */
  read(path: string, most: number): FileRead;
  /** The sorted names in a folder. Listing stops after `most + 1` names, so such a list may be incomplete. */
  list(path: string, most: number): FolderList;
}

const MESSAGES: Readonly<Record<Exclude<FileError, "large">, string>> = {
  missing: "does not exist",
  folder: "is a folder",
  forbidden: "may not be read by this user",
  unreadable: "cannot be read",
};

/** The message for a file that could not be read, in words that follow its name. */
export function fileErrorMessage(reason: FileError, most: number): string {
  return reason === "large" ? `is larger than ${most} bytes` : MESSAGES[reason];
}
