import { join } from "node:path";
import type { Diagnostic } from "../../../compose";
import { ownVersion } from "../../../provider/lyceum/http/own-version";
import { POLICY_FILE, type Policy } from "../../../provider/policy";
import { violationLine } from "../../../provider/policy/declared";
import { readPrices } from "../../../provider/reads";
import { asGithub } from "../../compose/github";
import { asSarif } from "../../compose/sarif";
import { writeText } from "../../output";
import type { CiRequest } from "../options";
import { codeOf } from "../report/report";
import type { Report } from "../report/report-schema";
import { runEngine, type Session } from "../stack/session";
import { reportStopped } from "../summary/failure";
import { writeReports } from "../summary/write";
import { policyOf, underPolicy } from "./policy";
import { type PreviewData, previewData, previewReport, withFilesFrom } from "./preview-data";
import { previewMarkdown } from "./preview-markdown";

/** `ci preview`: shows what an apply would do, as text for a pull request. */
export async function preview(session: Session): Promise<number> {
  const { request, surface, open, stop } = session;
  const evaluate = async () => {
    const policy = policyOf(request, surface);
    const prices = readPrices(stop.signal).catch((): undefined => undefined);
    return { policy, prices, result: await runEngine(session, (options) => open.stack.preview(options)) };
  };
  // If the policy cannot be used, a stack that was created for the preview is removed too.
  const { policy, prices, result } = await evaluate().finally(open.removeIfNew);
  if (stop.signal.aborted) return reportStopped(request, surface);
  const about = { project: open.project, stack: request.stack };
  const data = evaluated(session, previewData(about, result, await prices), policy);
  return codeOf(reportPreview(session, data));
}

/**
 * Whether a preview succeeds, and the policy of the project allows what it shows. Otherwise the preview is reported, and
 * nothing is changed: an apply without a preview would change other resources before it finds that a Compose file is
 * not valid.
 */
export async function isAllowed(session: Session): Promise<boolean> {
  const { request, surface, open, stop } = session;
  const policy = policyOf(request, surface);
  const result = await runEngine(session, (options) => open.stack.preview(options));
  if (stop.signal.aborted) return false;
  const about = { project: open.project, stack: request.stack };
  const prices = policy?.maxCost === undefined ? undefined : await readPrices(stop.signal);
  const data = evaluated(session, previewData(about, result, prices), policy);
  if (!data.succeeded) reportPreview(session, data);
  return data.succeeded;
}

/** The result of a preview. Violations of the policy make it fail. File names are relative to the repository's root. */
function evaluated({ request, surface }: Session, data: PreviewData, policy: Policy | undefined): PreviewData {
  return withFilesFrom(underPolicy(data, policy, request.folder, surface), request.folder, surface.folder);
}

function reportPreview({ request, surface }: Session, data: PreviewData): Report {
  const { folder, variable } = surface;
  const report = previewReport(request, data);
  writeReports(request, surface, previewMarkdown(data), report);
  for (const violation of data.violations) surface.printError(violationLine(violation));
  const found = foundIn(data, request);
  if (request.sarif !== undefined) writeText(request.sarif, `${asSarif(found, { version: ownVersion(), folder })}\n`);
  if (request.annotates && found.length > 0)
    surface.print(asGithub(found, folder, variable("GITHUB_WORKSPACE") || undefined));
  return report;
}

/**
 * The diagnostics for the lines of a pull request. A violation that no Compose file shows gets a line of the policy
 * file.
 */
export function foundIn(
  { violations, diagnostics }: Pick<PreviewData, "violations" | "diagnostics">,
  project: Pick<CiRequest, "folder" | "policy">,
): readonly Diagnostic[] {
  const policyFile = project.policy ?? join(project.folder, POLICY_FILE);
  return [...violations.map((one) => ({ ...one, file: one.file ?? policyFile })), ...diagnostics];
}
