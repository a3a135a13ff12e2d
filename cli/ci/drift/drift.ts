import { inline } from "../../../provider/display/markdown-text";
import { isExecutionType } from "../../../provider/policy/declared";
import { observeRecorded } from "../../../provider/reads";
import { typeOf } from "../../../provider/schema";
import { withService } from "../../runs/service";
import { CI_EXIT_CODES } from "../exit-codes";
import { marker, outputSection } from "../preview/preview-markdown";
import { codeOf } from "../report/report";
import { runEngine, type Session } from "../stack/session";
import { recordedStack } from "../stack/state";
import { reportStopped } from "../summary/failure";
import { boundedTable } from "../summary/table";
import { writeReports } from "../summary/write";
import { type DriftData, driftData, driftReport, failedDrift } from "./drift-data";

/**
 * `ci drift`: reports how the runs of a stack differ from the state. It asks the service, because a refresh does not
 * report a run that failed after it was `running`. A refresh without effect finds the changes of other resources.
 */
export async function drift(session: Session): Promise<number> {
  const { request, surface, open, stop } = session;
  const about = { project: open.project, stack: request.stack };
  const { executions } = await recordedStack(open.stack);
  const refresh = await runEngine(session, (options) => open.stack.previewRefresh(options)).finally(open.removeIfNew);
  if (stop.signal.aborted) return reportStopped(request, surface);
  if (refresh.kind !== "succeeded") {
    const failed = failedDrift(about, refresh.output);
    const report = driftReport(request, failed);
    writeReports(request, surface, driftMarkdown(failed), report);
    surface.printError("The refresh failed: the drift is not known.");
    return codeOf(report);
  }
  const others = refresh.observed.ended.filter(
    ({ urn, op }) => (op === "update" || op === "delete") && !isExecutionType(typeOf(urn)),
  );
  const outputs = executions.map((one) => one.outputs);
  let code: number = CI_EXIT_CODES.error;
  // The exit codes of `withService` have another meaning here, so they are translated.
  await withService(surface, async ({ client, now, sleep, stopped }) => {
    const observed = await observeRecorded(client, outputs, { now: now(), sleep, signal: stopped });
    const pairs = executions.flatMap((one, at) => (observed[at] === undefined ? [] : [[one, observed[at]] as const]));
    const data = driftData(about, pairs, others);
    const report = driftReport(request, data);
    writeReports(request, surface, driftMarkdown(data), report);
    surface.print(driftMarkdown(data).trimEnd());
    code = codeOf(report);
    return code;
  });
  return stop.signal.aborted ? reportStopped(request, surface) : code;
}

const UNKNOWN = "**The drift is not known: not every resource could be observed.**";
const WORDS: Readonly<Partial<Record<DriftData["result"], string>>> = {
  succeeded: "There is no drift.",
  drift: "**There is drift.**",
};

const COLUMNS = ["resource", "what became of it", "run", "recorded", "observed (exit code)"];
const MOST = { rows: 300, characters: 40_000, of: "resource" };

/** The drift of a stack as Markdown. The same state and service give the same text. */
export function driftMarkdown(data: DriftData): string {
  const { project, stack, result, rows } = data;
  const cells = rows.map(
    ({ name, kind, isDrift, executionId = "", recorded = "", observed = "", returnCode, reason }) => [
      name,
      isDrift ? `drift: ${kind}` : kind,
      executionId,
      recorded,
      reason ?? `${observed}${returnCode === undefined ? "" : ` (${returnCode})`}`,
    ],
  );
  const sections = [
    marker("drift", data),
    `### Drift of ${inline(`${project}/${stack}`)}`,
    WORDS[result] ?? UNKNOWN,
    ...boundedTable(COLUMNS, cells, MOST),
    ...outputSection(data.output),
  ];
  return `${sections.join("\n\n")}\n`;
}
