import { join } from "node:path";
import type { Diagnostic } from "../../../compose";
import { ownVersion } from "../../../provider/lyceum/http/own-version";
import { POLICY_FILE, type Policy } from "../../../provider/policy";
import { violationLine } from "../../../provider/policy/declared";
import type { Review } from "../../../provider/policy/reviewed";
import { readPrices } from "../../../provider/reads";
import type { Surface } from "../../command";
import { asGithub } from "../../compose/github";
import { asSarif } from "../../compose/sarif";
import { writeText } from "../../output";
import { CiError } from "../catalogue";
import { CI_EXIT_CODES } from "../exit-codes";
import type { CiRequest } from "../options";
import { codeOf } from "../report/report";
import type { Report } from "../report/report-schema";
import { beyond } from "../review/beyond";
import { differenceLines } from "../review/differences";
import { newSalt, saveReview } from "../review/review-file";
import { notReviewed, reviewOf } from "../review/review-of";
import type { ObservedCommand } from "../stack/events";
import { runEngine, type Session } from "../stack/session";
import { reportStopped } from "../summary/failure";
import { outputTail } from "../summary/tail";
import { writeReports } from "../summary/write";
import { policyOf, underPolicy } from "./policy";
import { type PreviewData, previewData, previewReport, withFilesFrom } from "./preview-data";
import { previewMarkdown } from "./preview-markdown";
import { programErrors } from "./program-errors";

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
  const found = withoutSecrets(programErrors(result.observed, request.folder), surface);
  const bare = { ...previewData(about, result, await prices), programErrors: found };
  const previewed = evaluated(session, bare, policy);
  const data = saved(request, previewed, result.observed);
  return codeOf(reportPreview(session, data));
}

/** Errors without the secrets of the environment, which a program may print. */
function withoutSecrets(errors: readonly Diagnostic[], surface: Surface): readonly Diagnostic[] {
  return errors.map((error) => {
    const tail = outputTail(surface);
    tail.add(error.message);
    return { ...error, message: tail.lines().join(" ") };
  });
}

/** Saves the review of a preview, if the command line asks for it, and adds to the data what is not part of it. */
function saved({ save }: CiRequest, data: PreviewData, observed: ObservedCommand): PreviewData {
  if (save === undefined) return data;
  const review = data.succeeded ? reviewOf(data, observed, newSalt()) : undefined;
  saveReview(save, review);
  return review === undefined ? data : { ...data, notReviewed: notReviewed(review) };
}

/** The plan of a preview that may be applied, or why it may not. */
export type AllowedPlan =
  | { readonly kind: "allowed"; readonly plan: Review }
  | { readonly kind: "refused"; readonly code: number; readonly isBeyond: boolean };

/**
 * Whether a preview succeeds, the policy of the project allows what it shows, and it does not go beyond the review.
 * Otherwise the preview is reported, and nothing is changed: an apply without a preview would change other resources
 * before it finds that a Compose file is not valid.
 */
export async function allowedPlan(session: Session, review?: Review): Promise<AllowedPlan> {
  const { request, surface, open, stop } = session;
  const policy = policyOf(request, surface);
  const result = await runEngine(session, (options) => open.stack.preview(options));
  if (stop.signal.aborted) return { kind: "refused", code: CI_EXIT_CODES.stopped, isBeyond: false };
  const about = { project: open.project, stack: request.stack };
  const prices = policy?.maxCost === undefined ? undefined : await readPrices(stop.signal);
  const data = evaluated(session, previewData(about, result, prices), policy);
  const plan = reviewOf(about, result.observed, review?.salt ?? newSalt());
  const differences = data.succeeded && review !== undefined ? beyond(review, plan) : [];
  if (data.succeeded && differences.length === 0) return { kind: "allowed", plan };
  const code = codeOf(reportPreview(session, { ...data, succeeded: false, differences }));
  const isBeyond = differences.length > 0;
  if (isBeyond) surface.printError([new CiError("LYC5011").message, ...differenceLines(differences)].join("\n"));
  return { kind: "refused", code, isBeyond };
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
  { violations, diagnostics, programErrors }: Pick<PreviewData, "violations" | "diagnostics" | "programErrors">,
  project: Pick<CiRequest, "folder" | "policy">,
): readonly Diagnostic[] {
  const policyFile = project.policy ?? join(project.folder, POLICY_FILE);
  return [...violations.map((one) => ({ ...one, file: one.file ?? policyFile })), ...diagnostics, ...programErrors];
}
