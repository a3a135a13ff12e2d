import { join, resolve } from "node:path";
import type { Diagnostic } from "../../provider/compose";
import { ownVersion } from "../../provider/lyceum/own-version";
import { POLICY_FILE } from "../../provider/policy";
import type { Surface } from "../command";
import { asGithub } from "../github";
import { asSarif } from "../sarif";
import type { CiRequest } from "./options";
import type { PreviewData } from "./preview-data";

type Found = Pick<PreviewData, "violations" | "diagnostics">;
type Project = Pick<CiRequest, "folder" | "policy">;

/** What a preview has found, as SARIF. Files are named from the folder that the command ran in, which is the root of the repository in a pipeline. */
export function previewSarif(found: Found, project: Project, { folder }: Pick<Surface, "folder">): string {
  return asSarif(withFiles(found, project), { version: ownVersion(), folder });
}

/** What a preview has found, as annotations of GitHub; empty where that is nothing. */
export function previewAnnotations(
  found: Found,
  project: Project,
  { folder, variable }: Pick<Surface, "folder" | "variable">,
): string {
  return asGithub(withFiles(found, project), folder, variable("GITHUB_WORKSPACE") || undefined);
}

/** Violations and diagnostics with absolute files. What no Compose file shows is a matter of the policy. */
function withFiles({ violations, diagnostics }: Found, { folder, policy }: Project): readonly Diagnostic[] {
  const policyFile = policy ?? join(folder, POLICY_FILE);
  return [...violations.map((one) => ({ ...one, file: one.file ?? policyFile })), ...diagnostics].map((one) =>
    one.file === undefined ? one : { ...one, file: resolve(folder, one.file) },
  );
}
