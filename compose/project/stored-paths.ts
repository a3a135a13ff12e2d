/** A path of the project that services mount. */
export interface MountedPath {
  /** The absolute path, in which symbolic links are not resolved. */
  readonly path: string;
  /** `missing`: nothing is at the path, so Docker creates an empty folder. */
  readonly kind: "file" | "folder" | "missing";
  /** Whether a service may write into it. */
  readonly isWritten: boolean;
}

/** What becomes of a mounted path. */
export type StoredMount =
  | {
      /** The files are stored where the run finds them. */
      readonly kind: "stored";
      /** The path that is mounted instead: an absolute path on the machine that runs the services. */
      readonly source: string;
      /**
       * Set if no stored file is at this path. Docker then creates the folder on the machine. If there are files, the
       * path must exist: a run that does not see the store must not start with an empty folder.
       */
      readonly isEmpty?: boolean;
      /** What the files lose in the store, as words after "but not" in a message, such as `the mode of run.sh`. */
      readonly losses?: string;
      /**
       * Set if some files of a folder are not stored. Then the paths in `mounted` are mounted one by one, and the files
       * in `inline` are sent with the text. All paths are relative to the folder.
       */
      readonly parts?: { readonly mounted: readonly string[]; readonly inline: readonly string[] };
    }
  /**
   * The files are sent with the text, as with `localFiles: "inline"`. `because` is the reason why they are not stored,
   * as words after "which", such as `holds .env, which has a secret`. If the files do not fit into the text, the error
   * shows this reason.
   */
  | { readonly kind: "inline"; readonly because?: string }
  /** An error. `reason` is the text after the name of the path. */
  | { readonly kind: "refused"; readonly reason: string; readonly remedy: string };

/**
 * Returns what becomes of a mounted path. Returns `undefined` as long as this is not decided; the project then has no
 * bundle.
 */
export type StoredMounts = (path: string) => StoredMount | undefined;
