import { changeStack } from "../apply/change";
import { CiError } from "../catalogue";
import { previewData, previewReport } from "../preview/preview-data";
import { previewMarkdown } from "../preview/preview-markdown";
import { codeOf } from "../report/report";
import type { ObservedStep } from "../stack/events";
import { type EngineResult, runEngine, type Session } from "../stack/session";
import { recordedStack } from "../stack/state";
import { reportStopped } from "../summary/failure";
import { writeReports } from "../summary/write";
import { differenceLines, endDifferences } from "./end-settings";

/** `ci destroy`: deletes the stack's resources, and aborts active runs with their grace period. The stack stays. */
export function destroy(session: Session): Promise<number> {
  const { request, open } = session;
  // If the program does not run, Pulumi uses the settings that the last apply recorded.
  const more = request.runProgram ? { runProgram: true } : {};
  const work = request.previewOnly
    ? previewed(session, () => runEngine(session, (options) => open.stack.previewDestroy({ ...options, ...more })))
    : changeStack(session, "destroy", () =>
        whereEndsAgree(session, () => runEngine(session, (options) => open.stack.destroy({ ...options, ...more }))),
      );
  return work.finally(open.removeIfNew);
}

/**
 * The steps of a destroy. If the destroy runs the program, Pulumi reports each resource of the program as kept before
 * it deletes the resource, and skips new ones. These steps are left out, because none of these resources exists in the
 * end.
 */
export function stepsOfDestroy(steps: readonly ObservedStep[]): readonly ObservedStep[] {
  const deleted = new Set(steps.flatMap(({ op, urn }) => (op === "delete" ? [urn] : [])));
  return steps.filter(
    ({ op, urn, oldOutputs }) => op !== "same" || (!deleted.has(urn) && Object.keys(oldOutputs).length > 0),
  );
}

async function previewed(session: Session, run: () => Promise<EngineResult>): Promise<number> {
  const { request, surface, open, stop } = session;
  const result = await whereEndsAgree(session, run);
  if (stop.signal.aborted) return reportStopped(request, surface);
  const observed = { ...result.observed, steps: stepsOfDestroy(result.observed.steps) };
  const data = previewData({ project: open.project, stack: request.stack }, { ...result, observed }, undefined);
  const reasons = ["the stack would be destroyed"];
  const deleting = { ...data, executions: data.executions.map((one) => ({ ...one, reasons })) };
  const report = previewReport(request, deleting);
  writeReports(request, surface, previewMarkdown(deleting, "destroy"), report);
  return codeOf(report);
}

/**
 * Runs a destroy, unless the program declares other end settings than the state records. The engine would use the
 * recorded ones without asking the provider. Each try compares again, because the state may change while another
 * command has the lock.
 */
async function whereEndsAgree(session: Session, run: () => Promise<EngineResult>): Promise<EngineResult> {
  const { request, surface, open } = session;
  if (!request.runProgram || (await recordedStack(open.stack)).executions.length === 0) return run();
  surface.print(
    "A preview of the program comes first, because a destroy uses what is recorded. Nothing of it is applied.",
  );
  const preview = await runEngine(session, (options) => open.stack.preview(options));
  // The steps come from a preview of `up`, and none of them was done.
  const nothing = { steps: [], ended: [], counts: {} };
  if (preview.kind !== "succeeded") return { ...preview, observed: { ...preview.observed, ...nothing } };
  const differences = endDifferences(preview.observed);
  if (differences.length === 0) return run();
  const text = [new CiError("LYC5006").message, ...differenceLines(differences)].join("\n");
  surface.printError(text);
  const messages = [{ urn: undefined, severity: "error" as const, text }];
  return { kind: "failed", observed: { messages, printed: [], ...nothing }, reason: text, output: [] };
}
