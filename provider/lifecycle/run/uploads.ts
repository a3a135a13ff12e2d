import type { UploadedMount, UploadFolders } from "./mounts";

/** A file or folder of this machine. Both paths are absolute. */
export interface LocalPath {
  readonly path: string;
  /** No symbolic link may lead out of this folder. */
  readonly root: string;
  readonly kind: "file" | "folder" | "missing";
}

/** The content of a local file or folder. */
export interface LocalTree {
  /** A digest of all names and contents. */
  readonly hash: string;
  readonly fileCount: number;
  readonly bytes: number;
  /** The paths of executable files. In the bucket, no file is executable. */
  readonly executable: readonly string[];
  /** The paths that the bucket cannot hold, such as sockets and broken links. */
  readonly leftOut: readonly string[];
  /** The paths of the files that are stored. */
  readonly paths: readonly string[];
  /** Files with secrets. They are not stored, and the other numbers and lists of this tree do not count them. */
  readonly secrets: readonly { readonly path: string; readonly kind: string }[];
}

/** Finds the kind of secret in the text of a file, in words that follow "has". Undefined if there is none. */
export type FindSecret = (text: string, path: string) => string | undefined;

/** A local tree, or the reason why it cannot be stored, as a sentence with a code. */
export type TreeReading = LocalTree | { readonly failed: string };

/** A mount, and the local files for it. */
export interface PreparedMount extends UploadedMount {
  readonly local: LocalPath;
  /** The digest of the {@link LocalTree}. */
  readonly content: string;
  /** The paths of files below it that are not stored. */
  readonly leave: readonly string[];
}

/** The files of one run. */
export interface RunUpload {
  readonly urn: string;
  /** Identifies the resource. The bucket keeps this name with each file. */
  readonly writer: string;
  /** The folder of the resource. */
  readonly resource: string;
  /** The name of the run's folder. If the bucket already has another run of this name, the folder gets a number. */
  readonly run: string;
  readonly mounts: readonly PreparedMount[];
}

/** The files of a run that is deleted. */
export interface RunRemoval {
  readonly urn: string;
  readonly writer: string;
  readonly folders: UploadFolders;
  /** Digests of mounts that the next run of the resource uses. */
  readonly planned: ReadonlySet<string>;
}

/** Reads local files, and stores them in the account's bucket. */
export interface Uploads {
  /** Reads a file or folder. A file that has not changed since it was read is not read again. */
  read(local: LocalPath, findSecret: FindSecret): Promise<TreeReading>;
  /** The path of the bucket inside runs. Undefined if the setting is not valid. */
  mountPath(): string | undefined;
  /** The folder of a resource in the bucket. */
  folder(urn: string, scopePart: string): string;
  /**
   * Stores the files of a run that the bucket does not have yet. Returns the folder of the run.
   *
   * @throws an error whose message has a code; nothing may be started then
   */
  store(upload: RunUpload, signal: AbortSignal): Promise<string>;
  /** The folder that a run gets if the bucket has no other run of its name. */
  likelyFolder(upload: Pick<RunUpload, "resource" | "run">): string;
  /** The folder of a run that was started before. */
  find(upload: Pick<RunUpload, "resource" | "run">, signal: AbortSignal): Promise<string>;
  /** Lets the next command use or remove the files of a run that was certainly not started. */
  release(folders: UploadFolders, signal: AbortSignal): Promise<void>;
  /**
   * Removes the files that were stored for a run, except files that the run has changed and files that another run
   * uses.
   */
  remove(removal: RunRemoval, signal: AbortSignal): Promise<void>;
}
