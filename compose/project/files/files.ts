/** The permissions of a file that its copy in a container also gets. */
export interface FileMode {
  readonly executable?: boolean;
  /** Whether only the owner may use the file. */
  readonly ownerOnly?: boolean;
}

/** The result of reading a file. */
export type FileRead =
  | ({ readonly kind: "bytes"; readonly bytes: Uint8Array } & FileMode)
  | { readonly kind: "fault"; readonly reason: FileError };

/** Why a file could not be read. `large`: it has more than `most` bytes. */
export type FileError = "missing" | "folder" | "forbidden" | "large" | "unreadable";

/** The result of listing a folder. */
export type FolderList =
  | { readonly kind: "names"; readonly names: readonly string[] }
  | { readonly kind: "fault"; readonly reason: FileError };

/** What is at a path. `forbidden`: this user has no access. */
export type PathKind = "file" | "folder" | "device" | "missing" | "forbidden";

/** Access to the files of a project. Paths are absolute. No function throws. */
export interface ProjectFiles {
  /** What is at a path. Links are followed. A socket or a pipe is a `device` too. */
  stat(path: string): PathKind;
  /** The path with all links resolved. If nothing is at the path, the path itself. */
  real(path: string): string;
  /** Reads the content of a file, if it has at most `most` bytes. */
  read(path: string, most: number): FileRead;
  /** The sorted names in a folder. Listing stops after `most + 1` names, so a list of that length may be incomplete. */
  list(path: string, most: number): FolderList;
}

const MESSAGES: Readonly<Record<Exclude<FileError, "large">, string>> = {
  missing: "does not exist",
  folder: "is a folder",
  forbidden: "may not be read by this user",
  unreadable: "cannot be read",
};

/** The message about a file that could not be read, as text after its name. */
export function fileErrorMessage(reason: FileError, most: number): string {
  return reason === "large" ? `is larger than ${most} bytes` : MESSAGES[reason];
}
