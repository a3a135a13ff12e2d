import { join, resolve } from "node:path";
import type { Diagnostic } from "../../../compose";
import { ownVersion } from "../../../provider/lyceum/http/own-version";
import { POLICY_FILE, type Policy } from "../../../provider/policy";
import { violationLine } from "../../../provider/policy/declared";
import { readPrices } from "../../../provider/reads";
import type { Surface } from "../../command";
import { asGithub } from "../../compose/github";
import { asSarif } from "../../compose/sarif";
import { ciExitCodes } from "../exit-codes";
import type { CiRequest } from "../options";
import { runEngine, type Session } from "../stack/session";
import { writeReports, writeText } from "../summary/write";
import { policyOf, underPolicy } from "./policy";
import { type PreviewData, previewData, previewJson, withFilesFrom } from "./preview-data";
import { previewMarkdown } from "./preview-markdown";

/** `ci preview`: what an apply would do, as text for a pull request. */
export async function preview(session: Session): Promise<number> {
  const { request, surface, open, stop } = session;
  const evaluate = async () => {
    const policy = policyOf(request, surface);
    const prices = readPrices(stop.signal).catch((): undefined => undefined);
    return { policy, prices, result: await runEngine(session, (options) => open.stack.preview(options)) };
  };
  // A policy that cannot be used leaves no new stack behind, either.
  const { policy, prices, result } = await evaluate().finally(open.removeIfNew);
  if (stop.signal.aborted) return ciExitCodes.stopped;
  const about = { project: open.project, stack: request.stack };
  const data = evaluated(session, previewData(about, result, await prices), policy);
  reportPreview(session, data);
  return data.succeeded ? ciExitCodes.clean : ciExitCodes.error;
}

/**
 * Whether the policy of the project allows what an apply would do. Without a policy there is no preview; a preview that fails is reported as such, and
 * nothing starts either.
 */
export async function isAllowed(session: Session): Promise<boolean> {
  const { request, surface, open, stop } = session;
  const policy = policyOf(request, surface);
  if (policy === undefined) return true;
  const result = await runEngine(session, (options) => open.stack.preview(options));
  if (stop.signal.aborted) return false;
  const about = { project: open.project, stack: request.stack };
  const prices = policy.maxCost === undefined ? undefined : await readPrices(stop.signal);
  const data = evaluated(session, previewData(about, result, prices), policy);
  if (!data.succeeded) reportPreview(session, data);
  return data.succeeded;
}

/** What the policy does not allow makes a preview fail; files are named from the root of the repository. */
function evaluated({ request, surface }: Session, data: PreviewData, policy: Policy | undefined): PreviewData {
  return withFilesFrom(underPolicy(data, policy, request.folder, surface), request.folder, surface.folder);
}

function reportPreview({ request, surface }: Session, data: PreviewData): void {
  writeReports(request, surface, previewMarkdown(data), previewJson(data));
  for (const violation of data.violations) surface.printError(violationLine(violation));
  if (request.sarif !== undefined) writeText(request.sarif, `${previewSarif(data, request, surface)}\n`);
  const annotations = request.annotates ? previewAnnotations(data, request, surface) : "";
  if (annotations !== "") surface.print(annotations);
}

type Found = Pick<PreviewData, "violations" | "diagnostics">;
type Project = Pick<CiRequest, "folder" | "policy">;

/** What a preview has found, as SARIF. Files are named from the folder that the command ran in, which is the root of the repository in a pipeline. */
export function previewSarif(found: Found, project: Project, { folder }: Pick<Surface, "folder">): string {
  return asSarif(withFiles(found, project, folder), { version: ownVersion(), folder });
}

/** What a preview has found, as annotations of GitHub; empty where that is nothing. */
export function previewAnnotations(
  found: Found,
  project: Project,
  { folder, variable }: Pick<Surface, "folder" | "variable">,
): string {
  return asGithub(withFiles(found, project, folder), folder, variable("GITHUB_WORKSPACE") || undefined);
}

/** Violations and diagnostics with absolute files. What no Compose file shows is a matter of the policy. */
function withFiles({ violations, diagnostics }: Found, project: Project, root: string): readonly Diagnostic[] {
  const policyFile = project.policy ?? join(project.folder, POLICY_FILE);
  return [...violations.map((one) => ({ ...one, file: one.file ?? policyFile })), ...diagnostics].map((one) =>
    one.file === undefined ? one : { ...one, file: resolve(root, one.file) },
  );
}
