/** Who may use a file, as far as a container is to be told. */
export interface FileMode {
  readonly executable?: boolean;
  /** Whether nobody but its owner may use it. */
  readonly ownerOnly?: boolean;
}

/** What came of reading a file. */
export type FileRead =
  | ({ readonly kind: "bytes"; readonly bytes: Uint8Array } & FileMode)
  | { readonly kind: "fault"; readonly reason: FileError };

/** Why a file could not be read. `large`: it has more bytes than were asked for. */
export type FileError = "missing" | "folder" | "forbidden" | "large" | "unreadable";

/** What came of listing a folder. */
export type FolderList =
  | { readonly kind: "names"; readonly names: readonly string[] }
  | { readonly kind: "fault"; readonly reason: FileError };

/** What stands at a path; `forbidden`: this user may not look. */
export type PathKind = "file" | "folder" | "device" | "missing" | "forbidden";

/** The files of a project, as far as they are looked at. Paths are absolute, and nothing throws. */
export interface ProjectFiles {
  /** What stands at a path, links followed; a `device` is also a socket or a pipe. */
  stat(path: string): PathKind;
  /** The path with all links resolved; the path itself when nothing is there. */
  real(path: string): string;
  /** The content of a file of at most so many bytes. */
  read(path: string, most: number): FileRead;
  /** The names in a folder, sorted: all of them, or more than `most`. */
  list(path: string, most: number): FolderList;
}

const MESSAGES: Readonly<Record<Exclude<FileError, "large">, string>> = {
  missing: "does not exist",
  folder: "is a folder",
  forbidden: "may not be read by this user",
  unreadable: "cannot be read",
};

/** What a diagnostic of a file is, in words that follow its name. */
export function fileErrorMessage(reason: FileError, most: number): string {
  return reason === "large" ? `is larger than ${most} bytes` : MESSAGES[reason];
}
