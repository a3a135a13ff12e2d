import { cell, inline } from "../../../provider/display/markdown-text";
import { isExecutionType } from "../../../provider/policy/declared";
import { observeRecorded, unrecordedRuns } from "../../../provider/reads";
import { typeOf } from "../../../provider/schema";
import { withService } from "../../runs/service";
import { CI_EXIT_CODES } from "../exit-codes";
import { codeOf } from "../report/report";
import { identityOf } from "../stack/identity";
import { unsettledOperation } from "../stack/pending";
import { runEngine, type Session } from "../stack/session";
import { recordedStack } from "../stack/state";
import { reportFailure, reportStopped } from "../summary/failure";
import { pendingSections, unrecordedSections } from "../summary/left-over";
import { marker, outputSection } from "../summary/sections";
import { writeReports } from "../summary/write";
import { boundedTable } from "../table";
import { type DriftData, type DriftRow, driftData, driftReport, failedDrift, notListed } from "./drift-data";

/**
 * `ci drift`: reports how the runs of a stack differ from the state. The runs are read from Lyceum, because a refresh
 * does not report a run that failed after it was `running`. The drift of other resources comes from a refresh that does
 * not change the state.
 */
export async function drift(session: Session): Promise<number> {
  const { request, surface, open, stop } = session;
  const about = { project: open.project, stack: request.stack };
  const state = await recordedStack(open.stack);
  const { executions, pending } = state;
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
  let code: number | undefined;
  // The exit codes of `withService` have other meanings than those of `ci`, so its result is not returned.
  await withService(surface, async ({ client, now, sleep, stopped }) => {
    const observed = await observeRecorded(client, outputs, { now: now(), sleep, signal: stopped });
    const pairs = executions.flatMap((one, at) => (observed[at] === undefined ? [] : [[one, observed[at]] as const]));
    const unrecorded = await unrecordedRuns(client, { now, sleep }, identityOf(state), process.env);
    const left = { unrecorded, pending: pending.map((one) => unsettledOperation(one)) };
    const data = driftData(about, pairs, others, left);
    const report = driftReport(request, data);
    writeReports(request, surface, driftMarkdown(data), report);
    surface.print(driftMarkdown(data).trimEnd());
    code = codeOf(report);
    return code;
  });
  if (stop.signal.aborted) return reportStopped(request, surface);
  // `withService` has already printed why the runs could not be read. The text here does not repeat the cause.
  if (code === undefined) reportFailure(request, surface, "The runs of the stack could not be read.");
  return code ?? CI_EXIT_CODES.error;
}

const UNKNOWN = "**The drift is not known: not every resource could be observed.**";
const WORDS: Readonly<Partial<Record<DriftData["result"], string>>> = {
  succeeded: "There is no drift.",
  drift: "**There is drift.**",
};

const COLUMNS = ["what became of it", "resource", "run", "recorded", "observed (exit code)"];
const MOST = { rows: 100, characters: 14_000, of: "resource" };

/** Returns the drift of a stack as Markdown. The same state and the same answers of Lyceum give the same text. */
export function driftMarkdown(data: DriftData): string {
  const { project, stack, result, rows, unrecorded, pending } = data;
  const of = (...sections: readonly DriftRow["section"][]) => rows.filter(({ section }) => sections.includes(section));
  const [changed, known, others] = [of("error", "drift"), of("known"), of("none")];
  const sections = [
    marker("drift", data),
    `### Drift of ${inline(`${project}/${stack}`)}`,
    WORDS[result] ?? UNKNOWN,
    ...tableOf(changed),
    ...(known.length === 0 ? [] : ["**Known: the state already records this**", ...tableOf(known)]),
    ...(others.length === 0 ? [] : ["**No drift**", ...tableOf(others)]),
    ...unrecordedSections(unrecorded.runs),
    ...(unrecorded.gap === undefined ? [] : [cell(notListed(unrecorded.gap))]),
    ...pendingSections(pending),
    ...(pending.length === 0 ? [] : ["The next `ci apply` settles them."]),
    ...outputSection(data.output),
  ];
  return `${sections.join("\n\n")}\n`;
}

function tableOf(rows: readonly DriftRow[]): readonly string[] {
  const cells = rows.map(
    ({ name, kind, section, executionId = "", recorded = "", observed = "", returnCode, reason }) => [
      section === "drift" ? `drift: ${kind}` : kind,
      name,
      executionId,
      recorded,
      reason ?? `${observed}${returnCode === undefined ? "" : ` (${returnCode})`}`,
    ],
  );
  return boundedTable(COLUMNS, cells, MOST);
}
