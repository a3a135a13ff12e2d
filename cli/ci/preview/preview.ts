import { join } from "node:path";
import type { Diagnostic } from "../../../compose";
import { DEFAULT_PORTS } from "../../../provider/lyceum/http/caller";
import { POLICY_FILE, type PolicyFile, policyForStack } from "../../../provider/policy";
import { violationLine } from "../../../provider/policy/declared";
import type { Review } from "../../../provider/policy/reviewed";
import type { Surface } from "../../command";
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
import { stackSettingsOf } from "../stack/stack";
import { outputTail } from "../stack/tail";
import { reportStopped } from "../summary/failure";
import { writeFindings } from "../summary/findings";
import { writeReports } from "../summary/write";
import { type Account, readAccount } from "./account";
import { policyOf, underPolicy } from "./policy";
import { policyPath } from "./policy-file";
import { type PreviewData, previewData, previewReport, withFilesFrom } from "./preview-data";
import { previewMarkdown } from "./preview-markdown";
import { programErrors } from "./program-errors";

/** `ci preview`: shows what an apply would do, as text for a pull request. */
export async function preview(session: Session): Promise<number> {
  const { request, surface, open, stop } = session;
  const evaluate = async () => {
    const policy = policyOf(request, surface);
    const account = readAccountFor(session, policy, { showsPrices: true });
    const result = await runEngine(session, (options) => open.stack.preview(options));
    // The account is read before a new stack is removed, because reading the account needs the settings of the stack.
    return { policy, account: await account, result };
  };
  // A stack that was created for the preview is removed, even if the policy cannot be used.
  const { policy, account, result } = await evaluate().finally(open.removeIfNew);
  if (stop.signal.aborted) return reportStopped(request, surface);
  const about = { project: open.project, stack: request.stack };
  const found = withoutSecrets(programErrors(result.observed, request.folder), surface);
  const bare = { ...previewData(about, result, account), programErrors: found };
  const previewed = evaluated(session, bare, policy, account);
  const data = saved(request, previewed, result.observed);
  return codeOf(reportPreview(session, data));
}

/** Returns the errors without the secrets of the environment, because a program may print these secrets. */
function withoutSecrets(errors: readonly Diagnostic[], surface: Surface): readonly Diagnostic[] {
  return errors.map((error) => {
    const tail = outputTail(surface);
    tail.add(error.message);
    return { ...error, message: tail.lines().join(" ") };
  });
}

/** Saves the review of a preview if the command line asks for it. Adds to `data` the values that nobody can review. */
function saved({ save }: CiRequest, data: PreviewData, observed: ObservedCommand): PreviewData {
  if (save === undefined) return data;
  const review = data.succeeded ? reviewOf(data, observed, newSalt()) : undefined;
  saveReview(save, review);
  return review === undefined ? data : { ...data, notReviewed: notReviewed(review) };
}

/** The plan of a preview, or the exit code of a preview whose plan may not be applied. */
export type AllowedPlan =
  | { readonly kind: "allowed"; readonly plan: Review }
  | { readonly kind: "refused"; readonly code: number; readonly isBeyond: boolean };

/**
 * Runs a preview, and decides whether its plan may be applied. The preview must have succeeded, the policy of the
 * project must allow the plan, and the plan must not go beyond the review. Otherwise, the preview is reported and
 * nothing is changed. Without this preview, an apply would change other resources before it finds an invalid Compose
 * file.
 */
export async function allowedPlan(
  session: Session,
  policy: PolicyFile | undefined,
  review?: Review,
): Promise<AllowedPlan> {
  const { request, surface, open, stop } = session;
  const result = await runEngine(session, (options) => open.stack.preview(options));
  if (stop.signal.aborted) return { kind: "refused", code: CI_EXIT_CODES.stopped, isBeyond: false };
  const about = { project: open.project, stack: request.stack };
  const account = await readAccountFor(session, policy);
  const data = evaluated(session, previewData(about, result, account), policy, account, "change");
  const plan = reviewOf(about, result.observed, review?.salt ?? newSalt());
  const differences = data.succeeded && review !== undefined ? beyond(review, plan) : [];
  if (data.succeeded && differences.length === 0) {
    for (const warning of data.violations) surface.printError(violationLine(warning));
    writeFindings({ ...request, annotates: false }, surface, foundIn(data, located(session)));
    return { kind: "allowed", plan };
  }
  const code = codeOf(reportPreview(session, { ...data, succeeded: false, differences }));
  const isBeyond = differences.length > 0;
  if (isBeyond) surface.printError([new CiError("LYC5011").message, ...differenceLines(differences)].join("\n"));
  return { kind: "refused", code, isBeyond };
}

/**
 * Returns the result of a preview. If a violation of the policy is an error, the preview counts as failed. File names
 * are relative to the folder of the command.
 */
export function evaluated(
  { request, surface }: Pick<Session, "request" | "surface">,
  data: PreviewData,
  policy: PolicyFile | undefined,
  account: Account,
  of: "preview" | "change" = "preview",
): PreviewData {
  const under = underPolicy(data, policy, request.folder, surface, account, of);
  return withFilesFrom(under, request.folder, surface.folder);
}

/** Reads the facts about the account that the policy of a stack needs. With `showsPrices`, also reads the prices. */
export function readAccountFor(
  { request, stop, open }: Pick<Session, "request" | "stop" | "open">,
  policy: PolicyFile | undefined,
  options?: { readonly showsPrices: boolean },
): Promise<Account> {
  const own = policy === undefined ? undefined : policyForStack(policy, request.stack);
  const settings = () => stackSettingsOf(open);
  return readAccount(own, DEFAULT_PORTS.now(), stop.signal, { ...options, settings });
}

function reportPreview(session: Session, data: PreviewData): Report {
  const { request, surface } = session;
  const report = previewReport(request, data);
  writeReports(request, surface, previewMarkdown(data), report);
  for (const violation of data.violations) surface.printError(violationLine(violation));
  writeFindings(request, surface, foundIn(data, located(session)));
  return report;
}

/** Returns the folder of the project and the path of its policy file. */
function located({ request, surface }: Pick<Session, "request" | "surface">): Parameters<typeof foundIn>[1] {
  return { folder: request.folder, policy: policyPath(request, surface) };
}

/**
 * Returns the diagnostics to show on lines of a pull request. A violation that names no file is shown on a line of the
 * policy file.
 */
export function foundIn(
  { violations, diagnostics, programErrors }: Pick<PreviewData, "violations" | "diagnostics" | "programErrors">,
  project: Pick<CiRequest, "folder" | "policy">,
): readonly Diagnostic[] {
  const policyFile = project.policy ?? join(project.folder, POLICY_FILE);
  return [...violations.map((one) => ({ ...one, file: one.file ?? policyFile })), ...diagnostics, ...programErrors];
}
