import type { UploadedMount, UploadFolders } from "./mounts";

/** A file or folder of this machine. `path` and `root` are absolute paths. */
export interface LocalPath {
  readonly path: string;
  /** Symbolic links must not lead out of this folder. */
  readonly root: string;
  readonly kind: "file" | "folder" | "missing";
}

/** The content of a local file or folder. */
export interface LocalTree {
  /** A digest of the names and contents of the files that are stored. */
  readonly hash: string;
  readonly fileCount: number;
  readonly bytes: number;
  /** The paths of executable files. The bucket does not store that a file is executable. */
  readonly executable: readonly string[];
  /** The paths that cannot be stored, such as sockets and broken links. */
  readonly leftOut: readonly string[];
  /** The paths of the files that are stored. */
  readonly paths: readonly string[];
  /** Files with secrets. They are not stored, and no other field of this tree includes them. */
  readonly secrets: readonly { readonly path: string; readonly kind: string }[];
}

/** Returns the kind of the first secret in the text of a file, for a message. Undefined if the text has no secret. */
export type FindSecret = (text: string, path: string) => string | undefined;

/** A local tree, or the reason why it cannot be stored. The reason is a sentence with an error code. */
export type TreeReading = LocalTree | { readonly failed: string };

/** A mount, and the local files for it. */
export interface PreparedMount extends UploadedMount {
  readonly local: LocalPath;
  /** The digest of the {@link LocalTree}. */
  readonly content: string;
  /** The paths of the files with secrets, relative to the mount. These files are not stored. */
  readonly leave: readonly string[];
}

/** The files of a run, and their folder. */
export interface RunUpload {
  readonly urn: string;
  /** The id of the resource. The bucket keeps this id with each file. */
  readonly writer: string;
  /** The folder of the resource in the bucket. */
  readonly resource: string;
  /** The name of the run's folder. If another run already has a folder with this name, the name gets a number. */
  readonly run: string;
  readonly mounts: readonly PreparedMount[];
}

/** The run whose files are removed. */
export interface RunRemoval {
  readonly urn: string;
  readonly writer: string;
  readonly folders: UploadFolders;
  /** The digests of the mounts that the next run of the resource uses. The files of these mounts are kept. */
  readonly planned: ReadonlySet<string>;
}

/** Reads local files, and stores them in the account's bucket. */
export interface Uploads {
  /** Reads a file or folder. Usually does not read a file again if its size and its times are unchanged. */
  read(local: LocalPath, findSecret: FindSecret): Promise<TreeReading>;
  /** Returns the path at which the containers of a run see the bucket. Undefined if the setting is not valid. */
  mountPath(): string | undefined;
  /** Returns the folder of a resource in the bucket. */
  folder(urn: string, scopePart: string): string;
  /**
   * Stores the files of a run, and returns the folder of the run in the bucket. Skips files that the bucket already
   * has.
   *
   * @throws an error whose message has a code; after such an error, the caller must not start the run
   */
  store(upload: RunUpload, signal: AbortSignal): Promise<string>;
  /** Returns the folder in the bucket that `store` tries first. If this folder is taken, `store` uses another one. */
  likelyFolder(upload: Pick<RunUpload, "resource" | "run">): string;
  /** Returns the folder in the bucket with the files of a run that was started before. */
  find(upload: Pick<RunUpload, "resource" | "run">, signal: AbortSignal): Promise<string>;
  /**
   * Marks the files of a start as unused, because this start certainly made no run. The next command may use or remove
   * the files.
   */
  release(folders: UploadFolders, signal: AbortSignal): Promise<void>;
  /**
   * Removes the files that were stored for a run. Keeps files that the run has changed and files that another run uses.
   */
  remove(removal: RunRemoval, signal: AbortSignal): Promise<void>;
}
