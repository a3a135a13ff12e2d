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

/** A name that a program can read as a property, and a command as an argument. */
const NAME = /^[A-Za-z_][\w.-]{0,99}$/;

const EXAMPLE = '{model: "out/model.pt"}';

/**
 * Returns the errors of the argument `artifacts`, and of the mount that it needs. A run that is adopted by its id may
 * have the mount, although the program does not set `enableS3Mount`.
 */
export function artifactFailures(values: Properties, secrets: readonly string[]): CheckFailure[] {
  const { artifacts, enableS3Mount, existingExecutionId } = values;
  if (secrets.includes("artifacts")) {
    return refused(true, "artifacts must not be secret, because messages and the state show the paths");
  }
  if (isNotKnown(artifacts)) return [];
  if (!isMap(artifacts)) {
    return [{ property: "artifacts", reason: `artifacts must be a map of names to paths, such as ${EXAMPLE}` }];
  }
  const entries = Object.entries(artifacts);
  const hasNoMount = enableS3Mount === false && existingExecutionId === undefined;
  return [
    ...refused(
      entries.length > 0 && hasNoMount,
      "artifacts needs enableS3Mount: true, because a run that does not see the bucket leaves no files in it",
    ),
    ...refused(entries.length > MOST_ARTIFACTS, `artifacts must have at most ${MOST_ARTIFACTS} files`),
    ...entries.flatMap(([name, source]) => entryFailures(name, source)),
  ];
}

function refused(isWrong: boolean, reason: string): CheckFailure[] {
  return isWrong ? [{ property: "", reason }] : [];
}

function entryFailures(name: string, source: unknown): CheckFailure[] {
  if (!NAME.test(name) || name === "__proto__") {
    return refused(true, `artifacts has the name ${show(name)}; a name has letters, digits, "_", "-" and "."`);
  }
  const at = `artifacts.${name}`;
  if (typeof source === "string") return pathFailures(at, source);
  if (!isMap(source)) return [failureAt(at, `must be a path, such as "out/model.pt", or {path, onDelete}`)];
  const { path, onDelete } = source;
  const unknown = Object.keys(source).filter((field) => !Object.hasOwn(ARTIFACT_FIELDS, field));
  const isAllowed = isNotKnown(onDelete) || onDelete === null || onDelete === "delete" || onDelete === "leave";
  return [
    ...pathFailures(`${at}.path`, path),
    ...(isAllowed ? [] : [failureAt(`${at}.onDelete`, `must be "delete" or "leave", not ${show(onDelete)}`)]),
    ...unknown.map((field) => failureAt(`${at}.${field}`, "is not known; known are path, onDelete")),
  ];
}

function pathFailures(at: string, path: unknown): CheckFailure[] {
  if (containsUnknown(path)) return [];
  if (typeof path !== "string" || path === "") return [failureAt(at, 'must be a path, such as "out/model.pt"')];
  const reason = pathProblem(path);
  return reason === undefined ? [] : [failureAt(at, reason)];
}

function pathProblem(path: string): string | undefined {
  const relative = path.replace(/^(\.?\/)+/, "");
  if (path.startsWith("./"))
    return `must be relative to the bucket, not to a local folder: ${show(relative)}, not ${show(path)}`;
  if (path.startsWith("/"))
    return `must be relative to the bucket: for /mnt/s3/out/model.pt "out/model.pt", not ${show(path)}`;
  if (path.endsWith("/")) return `must name a file, not the folder ${show(path)}`;
  const problem = keyProblem(path);
  return problem === undefined ? undefined : `must be the path of a file in the bucket, not ${show(path)}: ${problem}`;
}
