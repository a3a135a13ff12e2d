import { isMap, isPlainPath } from "../../schema";
import { keyedDigest } from "../../secrets";

/**
 * A mounted file or folder of the project that is stored in the bucket (`localFiles: "upload"`). No mount is inside
 * another mount.
 */
export interface UploadedMount {
  /** The path relative to the project folder, with slashes. `.` is the project folder itself. */
  readonly path: string;
  /** A digest of the path and the content, made with the stack's secret. */
  readonly hash: string;
  /** Whether a service may write into the mount. */
  readonly isWritten: boolean;
  readonly isFile: boolean;
  /** The number of files that a start stores in the bucket. Absent if an older version recorded the mount. */
  readonly fileCount?: number;
  /** The size of the files that a start stores in the bucket, in bytes. Absent if `fileCount` is absent. */
  readonly bytes?: number;
}

/** The folder of a resource in the bucket, and the folder of one of its runs. Both have a slash at the end. */
export interface UploadFolders {
  /** The folder in the bucket for all files of the resource. */
  readonly resource: string;
  /** The folder of the run, which is inside the folder of the resource. */
  readonly run: string;
}

const HASH_LETTERS = 24;

/** Matches the paths that {@link tokenOf} returns. */
const TOKEN = new RegExp(`/mnt/s3/(?:RUN|FILES)/[0-9a-z]{${HASH_LETTERS}}(?![\\w.-])`, "g");

/** Makes the digest of a mount. */
export function mountHash(scope: string, path: string, content: string): string {
  // In the first preview of a stack, the scope is unknown. The preview then shows this placeholder.
  return scope === "" ? "0".repeat(HASH_LETTERS) : keyedDigest(scope, ["mount", path, content], HASH_LETTERS);
}

/**
 * Returns the path of a mount in the recorded model. The path contains the digest, so a change of the files changes the
 * model. The path does not depend on the resource's name or on the setting `s3MountPath`.
 */
function tokenOf({ hash, isWritten }: UploadedMount): string {
  return `/mnt/s3/${isWritten ? "RUN" : "FILES"}/${hash}`;
}

/**
 * Returns the path in the recorded model for a mount, or for a path below the mount.
 *
 * @param below a path relative to the mount, with slashes; empty for the mount itself
 */
export function pathInModel(mount: UploadedMount, below: string): string {
  const inside = mount.isFile ? mount.path.slice(mount.path.lastIndexOf("/") + 1) : below;
  return `${tokenOf(mount)}${inside === "" ? "" : `/${inside}`}`;
}

/**
 * Returns the mounts whose files a start stores. If a service may write into a mount, its files are stored for each
 * run. Any other mount is stored only if no recorded read-only mount has the same path and content.
 */
export function mountsToStore<Mount extends UploadedMount>(
  mounts: readonly Mount[],
  recorded: readonly UploadedMount[] = [],
): readonly Mount[] {
  const known = new Set(recorded.filter(({ isWritten }) => !isWritten).map(({ hash }) => hash));
  return mounts.filter(({ isWritten, hash }) => isWritten || !known.has(hash));
}

/**
 * Whether two lists of mounts have the same paths in the recorded model of a project. If so, the same Compose text is
 * valid for both lists.
 */
export function haveSamePaths(some: readonly UploadedMount[], others: readonly UploadedMount[]): boolean {
  const paths = (mounts: readonly UploadedMount[]) => mounts.map((mount) => [mount.path, pathInModel(mount, "")]);
  return JSON.stringify(paths(some)) === JSON.stringify(paths(others));
}

/**
 * Searches the text of a model for paths of mounts. Returns the first path that belongs to no entry of `mounts`: a run
 * with this text would not find its files. Undefined if there is no such path.
 */
export function unknownPathIn(text: string, mounts: readonly UploadedMount[]): string | undefined {
  const known = new Set(mounts.map(tokenOf));
  return text.match(TOKEN)?.find((path) => !known.has(path));
}

/** Replaces the paths of mounts in the text of a model by their paths in the bucket. */
export function withBucketPaths(
  text: string,
  mounts: readonly UploadedMount[],
  folders: UploadFolders,
  mountPath: string,
): string {
  const base = mountPath.replace(/\/$/, "");
  return mounts.reduce(
    (all, mount) => all.replaceAll(tokenOf(mount), () => `${base}/${folderOf(mount, folders)}`.replace(/\/$/, "")),
    text,
  );
}

/**
 * Returns the key of a local file in the bucket. For a local folder, returns the text with which its keys begin,
 * without the slash at the end.
 *
 * @param path the path relative to the project folder, such as `out/model.pt`
 * @returns undefined if no mount of the run contains the path
 */
export function keyOfLocalPath(
  mounts: readonly UploadedMount[],
  path: string,
  folders: UploadFolders,
): string | undefined {
  const found = mountOf(mounts, path);
  return found === undefined ? undefined : `${folderOf(found.mount, folders)}${found.below}`.replace(/\/$/, "");
}

/**
 * Returns the folder in the bucket that has the files of a mount, with a slash at the end. For a mounted file, this is
 * the file's folder.
 */
export function folderOf(mount: UploadedMount, { resource, run }: UploadFolders): string {
  if (!mount.isWritten) return `${resource}files/${mount.hash}/`;
  return `${run}${folderInRun(mount)}`;
}

/**
 * Returns the folder of a mount, relative to the folder of the run. The folder has the mount's path in the project, so
 * that people find the results.
 */
function folderInRun({ path, hash, isFile }: UploadedMount): string {
  if (path === ".") return "";
  const folder = isFile ? path.slice(0, path.lastIndexOf("/") + 1) : `${path}/`;
  // The digest is the name of the folder if the path is outside of the project folder, or if special characters in the
  // path would need quotes in the Compose text.
  return path === ".." || path.startsWith("../") || !isPlainPath(folder) ? `${hash}/` : folder;
}

/** Finds the mount that contains a path. Also returns the path relative to the mount's folder. */
function mountOf(
  mounts: readonly UploadedMount[],
  path: string,
): { readonly mount: UploadedMount; readonly below: string } | undefined {
  const asked =
    path
      .split("/")
      .filter((part) => part !== "" && part !== ".")
      .join("/") || ".";
  for (const mount of mounts) {
    if (mount.path === asked) return { mount, below: mount.isFile ? asked.slice(asked.lastIndexOf("/") + 1) : "" };
    if (mount.isFile) continue;
    const isInside =
      mount.path === "." ? !asked.startsWith("../") && asked !== ".." : asked.startsWith(`${mount.path}/`);
    if (isInside) return { mount, below: mount.path === "." ? asked : asked.slice(mount.path.length + 1) };
  }
  return undefined;
}

/** Reads the mounts in a recorded project. Leaves out mounts that are not valid. */
export function parseMounts(value: unknown): readonly UploadedMount[] {
  if (!Array.isArray(value)) return [];
  return value.flatMap((one): readonly UploadedMount[] => {
    if (!isMap(one)) return [];
    const { path, hash, isWritten, isFile, fileCount, bytes } = one;
    if (typeof path !== "string" || typeof hash !== "string") return [];
    return [
      {
        path,
        hash,
        isWritten: isWritten === true,
        isFile: isFile === true,
        ...(typeof fileCount === "number" && typeof bytes === "number" ? { fileCount, bytes } : {}),
      },
    ];
  });
}

/** Returns the folders of a run. `run` is the recorded output `filesPrefix`. */
export function foldersOf(run: string): UploadFolders {
  return { run, resource: run.slice(0, run.lastIndexOf("runs/")) };
}

/**
 * Returns the name under which a resource stores files. A rename of the resource after a start does not change this
 * name.
 */
export function writerOf({ scope, resource }: { readonly scope: string; readonly resource: string }): string {
  return `run-${scope}${resource}`;
}
