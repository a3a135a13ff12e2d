/** A local path that services mount. */
export interface MountedPath {
  /** The absolute path. Symbolic links in it are not resolved. */
  readonly path: string;
  /** `missing`: the path does not exist, so Docker creates an empty folder. */
  readonly kind: "file" | "folder" | "missing";
  /** Whether a service may write to the path. */
  readonly isWritten: boolean;
}

/** What happens to a mounted path. */
export type StoredMount =
  | {
      /** The files are stored, and the run mounts them from the store. */
      readonly kind: "stored";
      /** The path that replaces the local path in the mount: an absolute path on the machine that runs the services. */
      readonly source: string;
      /**
       * Whether the store has no files for this path. Docker may then create `source` as an empty folder. Otherwise it
       * may not: on a machine without the store, the run would start with an empty folder in place of the files.
       */
      readonly isEmpty?: boolean;
      /** What the stored files lose, such as `the mode of run.sh`. In a message, this text follows "but not". */
      readonly losses?: string;
      /**
       * Set if some files of a folder are not stored. The paths in `mounted` are then mounted one by one, and the files
       * in `inline` are sent with the text. All paths are relative to the folder.
       */
      readonly parts?: { readonly mounted: readonly string[]; readonly inline: readonly string[] };
    }
  /**
   * The files are not stored. They are sent with the text, as with `localFiles: "inline"`. `because` is the reason why
   * they are not stored, such as `holds .env, which has a secret`. If they cannot be sent, an error has both reasons:
   * `mounts conf, which holds .env, which has a secret, so it is not stored, and …`.
   */
  | { readonly kind: "inline"; readonly because?: string }
  /** An error. In its message, `reason` follows the path. */
  | { readonly kind: "refused"; readonly reason: string; readonly remedy: string };

/**
 * Decides whether the caller stores the local file or folder at a mounted path. Returns `undefined` if the decision is
 * not known yet. Then no bundle of the project can be made.
 */
export type StoredMounts = (path: string) => StoredMount | undefined;
