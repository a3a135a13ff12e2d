import { isMap, isPlainPath } from "../../schema";
import { keyedDigest } from "../../secrets";

/**
 * A mounted file or folder of the project that is stored in the bucket (`localFiles: "upload"`). The state records it.
 * Two of them never contain each other.
 */
export interface UploadedMount {
  /** The path relative to the project folder, with `/` between its parts. `.` is the project folder itself. */
  readonly path: string;
  /** A digest of the path and the content, made with the stack's secret. */
  readonly hash: string;
  /** Whether a service may write into it. */
  readonly isWritten: boolean;
  readonly isFile: boolean;
  /** The number of files that a start stores. Absent if an older version recorded the mount. */
  readonly fileCount?: number;
  /** Their size in bytes. */
  readonly bytes?: number;
}

/** The folders in the bucket of a resource and of one of its runs. Both have a slash at the end. */
export interface UploadFolders {
  /** The folder of the resource. */
  readonly resource: string;
  /** The folder of the run, inside of that of the resource. */
  readonly run: string;
}

const HASH_LETTERS = 24;

/** Matches what {@link tokenOf} returns. */
const TOKEN = new RegExp(`/mnt/s3/(?:RUN|FILES)/[0-9a-z]{${HASH_LETTERS}}(?![\\w.-])`, "g");

/** Makes the digest of a mount. */
export function mountHash(scope: string, path: string, content: string): string {
  // In the first preview of a stack, the scope is unknown. The digest is then only a placeholder that the preview
  // shows.
  return scope === "" ? "0".repeat(HASH_LETTERS) : keyedDigest(scope, ["mount", path, content], HASH_LETTERS);
}

/**
 * Returns the path that the recorded model has in place of the path in the bucket. The returned path contains the
 * digest, so a change of the files is a change of the model. It does not contain the folder in the bucket, so the name
 * of the resource and the setting `s3MountPath` are not part of the model.
 */
function tokenOf({ hash, isWritten }: UploadedMount): string {
  return `/mnt/s3/${isWritten ? "RUN" : "FILES"}/${hash}`;
}

/**
 * Returns the path that the recorded model has for a mount, or for a path below the mount.
 *
 * @param below relative to the mount, with `/` between its parts; empty for the mount itself
 */
export function pathInModel(mount: UploadedMount, below: string): string {
  const inside = mount.isFile ? mount.path.slice(mount.path.lastIndexOf("/") + 1) : below;
  return `${tokenOf(mount)}${inside === "" ? "" : `/${inside}`}`;
}

/**
 * Returns the mounts whose files a start stores. A mount that a service may write into is always stored, because each
 * run has its own folder. Any other mount is stored if no recorded mount has its content.
 */
export function mountsToStore<Mount extends UploadedMount>(
  mounts: readonly Mount[],
  recorded: readonly UploadedMount[] = [],
): readonly Mount[] {
  const known = new Set(recorded.filter(({ isWritten }) => !isWritten).map(({ hash }) => hash));
  return mounts.filter(({ isWritten, hash }) => isWritten || !known.has(hash));
}

/**
 * Whether two lists of mounts have the same paths in a model. A text with the paths of one list is then valid for the
 * other list.
 */
export function haveSamePaths(some: readonly UploadedMount[], others: readonly UploadedMount[]): boolean {
  const paths = (mounts: readonly UploadedMount[]) => mounts.map((mount) => [mount.path, pathInModel(mount, "")]);
  return JSON.stringify(paths(some)) === JSON.stringify(paths(others));
}

/**
 * Finds a path of a mount in the text of a model, if there is no such mount. The bucket has no such path, so a run with
 * this text would not find its files.
 */
export function unknownPathIn(text: string, mounts: readonly UploadedMount[]): string | undefined {
  const known = new Set(mounts.map(tokenOf));
  return text.match(TOKEN)?.find((path) => !known.has(path));
}

/** Puts the paths in the bucket into the text of a model. */
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
 * The key in the bucket of a local file, or the beginning of the keys of a local folder (without a slash at its end).
 *
 * @param path relative to the project folder, such as `out/model.pt`
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
 * The folder in the bucket that has the content of a mount, with a slash at the end. For a mounted file, this is the
 * folder of the file.
 */
export function folderOf(mount: UploadedMount, { resource, run }: UploadFolders): string {
  if (!mount.isWritten) return `${resource}files/${mount.hash}/`;
  return `${run}${folderInRun(mount)}`;
}

/**
 * Returns the path of a mount in the folder of the run. The path is the same as in the project, so that people find the
 * results.
 */
function folderInRun({ path, hash, isFile }: UploadedMount): string {
  if (path === ".") return "";
  const folder = isFile ? path.slice(0, path.lastIndexOf("/") + 1) : `${path}/`;
  // A path outside of the project folder has no path below it, and a path with special characters would need quotes in
  // the finished text. Both get a digest as their name.
  return path === ".." || path.startsWith("../") || !isPlainPath(folder) ? `${hash}/` : folder;
}

/** Finds the mount that contains a path, and the path below the folder of the mount. */
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

/** Reads the mounts in a recorded project. Entries that are not valid are left out. */
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

/** The folders of a run from the recorded output `filesPrefix`, which is the folder of the run. */
export function foldersOf(run: string): UploadFolders {
  return { run, resource: run.slice(0, run.lastIndexOf("runs/")) };
}

/** The name under which a resource stores files. It does not change if the resource is renamed after a start. */
export function writerOf({ scope, resource }: { readonly scope: string; readonly resource: string }): string {
  return `run-${scope}${resource}`;
}
