import { ownVersion } from "../../provider/lyceum/own-version";
import { asGithub } from "../github";
import { asSarif } from "../sarif";
import { ciExitCodes } from "./exit-codes";
import { previewData, previewJson } from "./preview-data";
import { previewMarkdown } from "./preview-markdown";
import { readPrices } from "./prices";
import { runEngine, type Session } from "./session";
import { writeReports, writeText } from "./write";

/** `ci preview`: what an apply would do, as text for a pull request. */
export async function preview(session: Session): Promise<number> {
  const { request, surface, open, stop } = session;
  const prices = readPrices(stop.signal).catch((): undefined => undefined);
  const result = await runEngine(session, (options) => open.stack.preview(options)).finally(open.removeIfNew);
  if (stop.signal.aborted) return ciExitCodes.stopped;
  const about = { project: open.project, stack: request.stack, succeeded: result.kind === "succeeded" };
  const data = previewData(about, result.observed, await prices);
  writeReports(request, surface, previewMarkdown(data), previewJson(data));
  if (request.sarif !== undefined) {
    writeText(request.sarif, `${asSarif(data.diagnostics, { version: ownVersion(), folder: request.folder })}\n`);
  }
  if (request.annotates && data.diagnostics.length > 0) {
    surface.print(asGithub(data.diagnostics, request.folder, surface.variable("GITHUB_WORKSPACE") || undefined));
  }
  return result.kind === "succeeded" ? ciExitCodes.clean : ciExitCodes.error;
}
