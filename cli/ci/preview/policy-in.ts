import { posix } from "node:path";
import { POLICY_FILE } from "../../../provider/policy";
import { PROJECT_FILES } from "../../../provider/policy/declared";

/**
 * The facts about a commit that the search for a project's policy needs. Paths are relative to the root of the
 * repository.
 */
export interface CommitFiles {
  readonly files: readonly string[];
  /** Returns the project's name in a project file of the commit; empty if the file has none. */
  readonly nameIn: (path: string) => string;
}

/** The location of a project's policy in a commit. `none`: the commit has no policy for the project. */
export type FoundPolicy =
  | { readonly kind: "file"; readonly path: string }
  | { readonly kind: "none" }
  | { readonly kind: "refused"; readonly reason: string };

/**
 * Decides which policy of a commit applies to the project `name` in `folder`. A project that moves to another folder
 * keeps its policy. *The policy of a folder* is the nearest policy in the folder or above it. The first row that fits
 * counts:
 *
 * | the commit has | result |
 * |---|---|
 * | no policy | none |
 * | a project called `name` in `folder` | the policy of `folder`; none if there is no such policy |
 * | projects called `name` elsewhere, with different policies | refused |
 * | projects called `name` elsewhere, with only one policy | that policy |
 * | a policy of `folder` | that policy |
 * | another project in `folder` | none |
 * | anything else | refused: the project may have moved and been renamed |
 */
export function policyIn(
  { folder, name }: { readonly folder: string; readonly name: string },
  { files, nameIn }: CommitFiles,
): FoundPolicy {
  const policies = new Set(files.filter((path) => posix.basename(path) === POLICY_FILE));
  const [first] = policies;
  if (first === undefined) return { kind: "none" };
  const projects = files.filter((path) => PROJECT_FILES.includes(posix.basename(path)));
  const inFolder = projects.filter((path) => posix.dirname(path) === folder);
  const own = policyAbove(folder, policies);
  const ofFolder: FoundPolicy = own === undefined ? { kind: "none" } : { kind: "file", path: own };
  if (inFolder.some((path) => nameIn(path) === name)) return ofFolder;
  const elsewhere = projects.flatMap((path) => {
    const policy = policyAbove(posix.dirname(path), policies);
    return policy !== undefined && name !== "" && nameIn(path) === name ? [policy] : [];
  });
  const [moved, ...others] = new Set(elsewhere);
  if (others.length > 0)
    return {
      kind: "refused",
      reason: `that commit has policies for several projects with the name ${name}, ${moved} and ${others[0]}. Give the project another name, or commit a policy for this folder there first`,
    };
  if (moved !== undefined) return { kind: "file", path: moved };
  if (inFolder.length > 0 || own !== undefined) return ofFolder;
  return {
    kind: "refused",
    reason: `that commit has no project with the name ${name} and a policy, but policies of other projects, such as ${first}. Commit a policy for this folder there first`,
  };
}

/** The nearest policy in a folder or above it. */
function policyAbove(folder: string, policies: ReadonlySet<string>): string | undefined {
  for (let at = folder; ; at = posix.dirname(at)) {
    const path = posix.join(at, POLICY_FILE);
    if (policies.has(path)) return path;
    if (at === "." || at === "/") return undefined;
  }
}
