import { violationLine } from "../../provider/declared";
import { readPrices } from "../../provider/queries";
import { previewAnnotations, previewSarif } from "./annotations";
import { ciExitCodes } from "./exit-codes";
import { policyOf, underPolicy } from "./policy";
import { type PreviewData, previewData, previewJson } from "./preview-data";
import { previewMarkdown } from "./preview-markdown";
import { runEngine, type Session } from "./session";
import { writeReports, writeText } from "./write";

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
  const about = { project: open.project, stack: request.stack, succeeded: result.kind === "succeeded" };
  const data = underPolicy(previewData(about, result.observed, await prices), policy, request.folder, surface);
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
  const about = { project: open.project, stack: request.stack, succeeded: result.kind === "succeeded" };
  const prices = policy.maxCost === undefined ? undefined : await readPrices(stop.signal);
  const data = underPolicy(previewData(about, result.observed, prices), policy, request.folder, surface);
  if (!data.succeeded) reportPreview(session, data);
  return data.succeeded;
}

function reportPreview({ request, surface }: Session, data: PreviewData): void {
  writeReports(request, surface, previewMarkdown(data), previewJson(data));
  for (const violation of data.violations) surface.complain(violationLine(violation));
  if (request.sarif !== undefined) writeText(request.sarif, `${previewSarif(data, request, surface)}\n`);
  const annotations = request.annotates ? previewAnnotations(data, request, surface) : "";
  if (annotations !== "") surface.print(annotations);
}
