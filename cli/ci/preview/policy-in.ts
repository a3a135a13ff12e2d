import { posix } from "node:path";
import { POLICY_FILE } from "../../../provider/policy";

/** The files of a commit, for the search for the policy of a project. Folders are relative to the root. */
export interface CommitFiles {
  /** All files of the commit. */
  readonly files: readonly string[];
  /** Returns the project's name in a project file of the commit; empty if the file has none. */
  readonly nameIn: (path: string) => string;
}

/** The location of a project's policy in a commit. `none`: the commit has no policy for the project. */
export type FoundPolicy =
  | { readonly kind: "file"; readonly path: string }
  | { readonly kind: "none" }
  | { readonly kind: "refused"; readonly reason: string };

const PROJECT_FILE = /^Pulumi\.(?:ya?ml|json)$/;

/**
 * Decides which policy of a commit applies to a project. A project must not leave its policy by moving to another
 * folder, even if that folder has a policy.
 *
 * | the commit has | result |
 * |---|---|
 * | no policy anywhere | none |
 * | the project of this name, in this folder | the policy of this folder, or none |
 * | projects of this name elsewhere, and one of them has a policy | that policy |
 * | several such policies | refused |
 * | another project, or a policy, in this folder | the policy of this folder, or none |
 * | nothing of this name or in this folder | refused: it may be a project that moved and has another name now |
 */
export function policyIn(
  { folder, name }: { readonly folder: string; readonly name: string },
  { files, nameIn }: CommitFiles,
): FoundPolicy {
  const policies = files.filter((path) => posix.basename(path) === POLICY_FILE);
  if (policies.length === 0) return { kind: "none" };
  const namesIn = (of: string) =>
    files.filter((path) => posix.dirname(path) === of && PROJECT_FILE.test(posix.basename(path))).map(nameIn);
  const here = namesIn(folder);
  const own = policies.find((path) => posix.dirname(path) === folder);
  const ofFolder: FoundPolicy = own === undefined ? { kind: "none" } : { kind: "file", path: own };
  if (here.includes(name)) return ofFolder;
  const [moved, ...others] = policies.filter((path) => name !== "" && namesIn(posix.dirname(path)).includes(name));
  if (others.length > 0)
    return {
      kind: "refused",
      reason: `that commit has policies for several projects with the name ${name}, ${moved} and ${others[0]}. Give the project another name, or commit a policy for this folder there first`,
    };
  if (moved !== undefined) return { kind: "file", path: moved };
  if (here.length > 0 || own !== undefined) return ofFolder;
  return {
    kind: "refused",
    reason: `that commit has no project with the name ${name} and a policy, but policies of other projects, such as ${policies[0]}. Commit a policy for this folder there first`,
  };
}
