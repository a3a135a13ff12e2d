import { changeStack } from "../apply/change";
import { ciExitCodes } from "../exit-codes";
import { previewData, previewJson } from "../preview/preview-data";
import { previewMarkdown } from "../preview/preview-markdown";
import type { ObservedStep } from "../stack/events";
import { runEngine, type Session } from "../stack/session";
import { writeReports } from "../summary/write";

/** `ci destroy`: deletes the resources of the stack, and aborts its active runs with their grace. The stack itself stays. */
export function destroy(session: Session): Promise<number> {
  const { request, open } = session;
  // Without the program, Pulumi uses the settings that the last apply has recorded.
  const more = request.runProgram ? { runProgram: true } : {};
  const work = request.previewOnly
    ? previewed(session, more)
    : changeStack(session, "destroy", () =>
        runEngine(session, (options) => open.stack.destroy({ ...options, ...more })),
      );
  return work.finally(open.removeIfNew);
}

/**
 * The steps of a destroy. One that runs the program keeps each resource of the program before it deletes it, and skips what is new there: neither
 * is kept in the end.
 */
export function stepsOfDestroy(steps: readonly ObservedStep[]): readonly ObservedStep[] {
  const deleted = new Set(steps.flatMap(({ op, urn }) => (op === "delete" ? [urn] : [])));
  return steps.filter(
    ({ op, urn, oldOutputs }) => op !== "same" || (!deleted.has(urn) && Object.keys(oldOutputs).length > 0),
  );
}

async function previewed(session: Session, more: { readonly runProgram?: boolean }): Promise<number> {
  const { request, surface, open, stop } = session;
  const result = await runEngine(session, (options) => open.stack.previewDestroy({ ...options, ...more }));
  if (stop.signal.aborted) return ciExitCodes.stopped;
  const observed = { ...result.observed, steps: stepsOfDestroy(result.observed.steps) };
  const data = previewData({ project: open.project, stack: request.stack }, { ...result, observed }, undefined);
  const reasons = ["the stack would be destroyed"];
  const deleting = { ...data, executions: data.executions.map((one) => ({ ...one, reasons })) };
  writeReports(request, surface, previewMarkdown(deleting, "destroy"), previewJson(deleting));
  return result.kind === "succeeded" ? ciExitCodes.clean : ciExitCodes.error;
}
