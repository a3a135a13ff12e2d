import type { Effects } from "../../lifecycle/process/context";
import type { ReportWriter } from "../../lifecycle/process/engine";
import { messageOf } from "../../lifecycle/run/errors";
import type { ExecutionInputs } from "../../lifecycle/run/inputs";
import type { ExecutionOutputs } from "../../lifecycle/run/record/record";
import { bounded } from "../../lifecycle/watch/deadline";
import type { Redactor } from "../../secrets";
import { formatOf, readReport, redacted, renderReport } from ".";

/** Maximum number of seconds by which a report delays the answer to the engine. */
const SECONDS = 30;

/**
 * Returns a function that writes the page for the argument `report`. An error is only a warning, because the run must
 * not depend on the page. After a cancel, the function writes no page.
 *
 * @param writeFile writes a text to a file; the path is relative to the program's directory
 */
export function createReportWriter(writeFile: (path: string, text: string) => void): ReportWriter {
  return async (context, inputs, outputs, signal) => {
    const { report: path } = inputs;
    if (path === undefined || signal.aborted) return;
    const redact = context.redactorFor(outputs);
    try {
      writeFile(path, await textOf(context, inputs, outputs, redact, signal));
    } catch (error) {
      if (signal.aborted) return;
      const why = redact(messageOf(error));
      context.report.warning(`The report ${redact(path)} was not written: ${why}.`);
    }
  };
}

async function textOf(
  { client, clock }: Pick<Effects, "client" | "clock">,
  inputs: ExecutionInputs,
  { executionId, attempt, artifacts }: ExecutionOutputs,
  redact: Redactor,
  cancel: AbortSignal,
): Promise<string> {
  const read = await bounded(clock, SECONDS, (signal) =>
    readReport(client, [executionId], clock.now, AbortSignal.any([signal, cancel])),
  );
  const [run] = read.runs;
  if (run === undefined) throw new Error("Lyceum does not know the run");
  return renderReport(
    { ...read, runs: [{ ...redacted(run, redact), attempt, ...(artifacts === undefined ? {} : { artifacts }) }] },
    formatOf(inputs.report ?? ""),
  );
}
