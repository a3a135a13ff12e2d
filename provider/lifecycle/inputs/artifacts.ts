import {
  ARTIFACT_FIELDS,
  type CheckFailure,
  failureAt,
  isMap,
  keyProblem,
  MOST_ARTIFACTS,
  type Properties,
  show,
} from "../../schema";
import { containsUnknown, isNotKnown } from "../run/inputs";
import { foldersOf, keyOfLocalPath, type UploadedMount } from "../run/mounts";

/** Matches a name that a program can read as a property, and that a command accepts as an argument. */
const NAME = /^[A-Za-z_][\w.-]{0,99}$/;

const EXAMPLE = '{model: "out/model.pt"}';

/**
 * Returns the errors of the argument `artifacts`. A run with artifacts must mount the bucket. For a run that is adopted
 * by its id, `enableS3Mount` is not checked, because the run may have been started with the bucket.
 */
export function artifactFailures(values: Properties, secrets: readonly string[]): CheckFailure[] {
  const { artifacts, enableS3Mount, existingExecutionId, localFiles } = values;
  // The local files of a run that is adopted by its id are not known, so its artifacts cannot be local paths.
  const isUpload = localFiles === "upload" && isNotKnown(existingExecutionId);
  if (secrets.includes("artifacts")) {
    return refused(true, "artifacts must not be secret, because messages and the state show the paths");
  }
  if (isNotKnown(artifacts)) return [];
  if (!isMap(artifacts)) {
    return [{ property: "artifacts", reason: `artifacts must be a map of names to paths, such as ${EXAMPLE}` }];
  }
  const entries = Object.entries(artifacts);
  const hasNoMount = enableS3Mount === false && existingExecutionId === undefined && localFiles !== "upload";
  return [
    ...refused(
      entries.length > 0 && hasNoMount,
      "artifacts needs enableS3Mount: true, because a run that does not see the bucket leaves no files in it",
    ),
    ...refused(entries.length > MOST_ARTIFACTS, `artifacts must have at most ${MOST_ARTIFACTS} files`),
    ...entries.flatMap(([name, source]) => entryFailures(name, source, isUpload)),
  ];
}

/**
 * Returns an error for each artifact whose local path is outside every folder that a service mounts and may write into.
 *
 * @param mounts the local paths that services mount, and whose files a start stores in the bucket
 */
export function localArtifactFailures({ artifacts }: Properties, mounts: readonly UploadedMount[]): CheckFailure[] {
  if (!isMap(artifacts)) return [];
  const folders = foldersOf("runs/run/");
  return Object.entries(artifacts).flatMap(([name, source]) => {
    const path = isMap(source) ? source.path : source;
    if (typeof path !== "string" || containsUnknown(path) || !path.startsWith("./")) return [];
    const key = keyOfLocalPath(mounts, path, folders);
    if (key?.startsWith(folders.run)) return [];
    const written = mounts.filter(({ isWritten }) => isWritten).map((mount) => `./${mount.path}`);
    const instead = written.length === 0 ? "there is none" : written.join(", ");
    return [
      failureAt(
        `artifacts.${name}`,
        `must be in a folder that a service mounts and may write into (${instead}), not ${show(path)}`,
      ),
    ];
  });
}

function refused(isWrong: boolean, reason: string): CheckFailure[] {
  return isWrong ? [{ property: "", reason }] : [];
}

function entryFailures(name: string, source: unknown, isUpload: boolean): CheckFailure[] {
  if (!NAME.test(name) || name === "__proto__") {
    return refused(true, `artifacts has the name ${show(name)}; a name has letters, digits, "_", "-" and "."`);
  }
  const at = `artifacts.${name}`;
  if (typeof source === "string") return pathFailures(at, source, isUpload);
  if (!isMap(source)) return [failureAt(at, `must be a path, such as "out/model.pt", or {path, onDelete}`)];
  const { path, onDelete } = source;
  const unknown = Object.keys(source).filter((field) => !Object.hasOwn(ARTIFACT_FIELDS, field));
  const isAllowed = isNotKnown(onDelete) || onDelete === null || onDelete === "delete" || onDelete === "leave";
  return [
    ...pathFailures(`${at}.path`, path, isUpload),
    ...(isAllowed ? [] : [failureAt(`${at}.onDelete`, `must be "delete" or "leave", not ${show(onDelete)}`)]),
    ...unknown.map((field) => failureAt(`${at}.${field}`, "is not known; known are path, onDelete")),
  ];
}

function pathFailures(at: string, path: unknown, isUpload: boolean): CheckFailure[] {
  if (containsUnknown(path)) return [];
  if (typeof path !== "string" || path === "") return [failureAt(at, 'must be a path, such as "out/model.pt"')];
  const reason = pathProblem(path, isUpload);
  return reason === undefined ? [] : [failureAt(at, reason)];
}

function pathProblem(path: string, isUpload: boolean): string | undefined {
  const relative = path.replace(/^(\.?\/)+/, "");
  if (path.startsWith("./") && isUpload)
    return path === `./${relative}` ? pathProblem(relative, false) : "is not a path";
  if (path.startsWith("./"))
    return `must be relative to the bucket, not to a local folder: ${show(relative)}, not ${show(path)}`;
  if (path.startsWith("/"))
    return `must be relative to the bucket: for /mnt/s3/out/model.pt "out/model.pt", not ${show(path)}`;
  if (path.endsWith("/")) return `must name a file, not the folder ${show(path)}`;
  const problem = keyProblem(path);
  return problem === undefined ? undefined : `must be the path of a file in the bucket, not ${show(path)}: ${problem}`;
}
