import { changeStack } from "./change";
import { ciExitCodes } from "./exit-codes";
import { previewData, previewJson } from "./preview-data";
import { previewMarkdown } from "./preview-markdown";
import { runEngine, type Session } from "./session";
import { writeReports } from "./write";

/** `ci destroy`: deletes the resources of the stack, and aborts its active runs with their grace. The stack itself stays. */
export async function destroy(session: Session): Promise<number> {
  const { request, surface, open, stop } = session;
  // Without the program, Pulumi uses the settings that the last apply has recorded.
  const more = request.runProgram ? { runProgram: true } : {};
  if (!request.previewOnly) {
    return changeStack(session, "destroy", (options) => open.stack.destroy({ ...options, ...more })).finally(
      open.removeIfNew,
    );
  }
  const result = await runEngine(session, (options) => open.stack.previewDestroy({ ...options, ...more })).finally(
    open.removeIfNew,
  );
  if (stop.signal.aborted) return ciExitCodes.stopped;
  const about = { project: open.project, stack: request.stack, succeeded: result.kind === "succeeded" };
  const data = previewData(about, result.observed, undefined);
  const reasons = ["the stack would be destroyed"];
  const deleting = { ...data, executions: data.executions.map((one) => ({ ...one, reasons })) };
  writeReports(request, surface, previewMarkdown(deleting), previewJson(deleting));
  return result.kind === "succeeded" ? ciExitCodes.clean : ciExitCodes.error;
}
