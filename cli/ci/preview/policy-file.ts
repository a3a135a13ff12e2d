import { dirname, join, relative } from "node:path";
import { POLICY_FILE } from "../../../provider/policy";
import type { Surface } from "../../command";
import { CiError } from "../catalogue";
import type { CiRequest } from "../options";

const MOST_FILES = 100_000;
/** Matches the names of files that look like a policy. */
const LIKE_POLICY = /^\.?lyceum[-_]policy\.(?:ya?ml|json)$/i;

/**
 * Returns the path of the policy of a project: the file that the command line names, or else the nearest policy in the
 * project's folder and the folders above it. Undefined if there is none.
 */
export function policyPath(
  { policy, folder }: Pick<CiRequest, "policy" | "folder">,
  surface: Pick<Surface, "stat" | "files" | "folder">,
): string | undefined {
  if (policy !== undefined) return policy;
  return policyFolders(folder, surface)
    .map((one) => policyIn(one, surface))
    .find((path) => path !== undefined);
}

/**
 * Returns the folders in which the policy of a project may be: the project's folder, and the folders above it up to the
 * root of the Git repository. Outside of a repository, the search ends in the folder of the command.
 */
function policyFolders(folder: string, { stat, folder: own }: Pick<Surface, "stat" | "folder">): readonly string[] {
  const folders = [folder];
  for (let at = folder; stat(join(at, ".git")) === "missing"; ) {
    const above = dirname(at);
    if (above === at) return folders.slice(0, Math.max(folders.indexOf(own), 0) + 1);
    folders.push(above);
    at = above;
  }
  return folders;
}

/**
 * Returns the path of the policy in a folder. Throws an error if the policy is unreadable, or if a file is probably a
 * policy but is not called `POLICY_FILE`: `ci` would ignore such a file without a message.
 */
function policyIn(folder: string, surface: Pick<Surface, "stat" | "files" | "folder">): string | undefined {
  const path = join(folder, POLICY_FILE);
  if (surface.stat(path) !== "missing") return path;
  const listed = surface.files.list(folder, MOST_FILES);
  const other = listed.kind === "names" ? listed.names.find((one) => LIKE_POLICY.test(one)) : undefined;
  if (other === undefined) return undefined;
  const found = relative(surface.folder, join(folder, other));
  if (other === POLICY_FILE)
    throw new CiError("LYC5100", `The policy ${found} is a link to nothing, or is unreadable.`);
  throw new CiError("LYC5100", `Nobody reads the policy ${found}: its name is ${POLICY_FILE}.`);
}
