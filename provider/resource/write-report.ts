import { bounded, type ExecutionInputs, type ExecutionOutputs, messageOf, redactorFor } from "../execution";
import { formatOf, maskedCompose, readReport, redacted, renderReport } from "../report";
import type { Redactor } from "../secrets";
import type { Runtime } from "./runtime";

/** A report only shows what is known: it may not hold the answer up for long. */
const SECONDS = 30;

/**
 * Writes the page that the argument `report` asks for, once a run is there. Whatever goes wrong is a warning: no run fails, is started
 * or is lost for a page. A cancel does without it.
 */
export async function writeReport(
  runtime: Runtime,
  inputs: ExecutionInputs,
  outputs: ExecutionOutputs,
  signal: AbortSignal,
): Promise<void> {
  const { report: path, urn } = inputs;
  if (path === undefined || signal.aborted) return;
  const { engine, writeFile } = runtime;
  const redact = redactorFor(inputs, outputs);
  try {
    if (writeFile === undefined) throw new Error("this host writes no files");
    writeFile(path, await textOf(runtime, inputs, outputs, redact, signal));
  } catch (error) {
    if (signal.aborted) return;
    const why = redact(messageOf(error));
    engine.report.warning(urn, `The report ${redact(path)} was not written: ${why}.`);
  }
}

async function textOf(
  runtime: Runtime,
  inputs: ExecutionInputs,
  { executionId, attempt }: ExecutionOutputs,
  redact: Redactor,
  cancel: AbortSignal,
): Promise<string> {
  const { client, clock } = runtime.context();
  const read = await bounded(clock, SECONDS, (signal) =>
    readReport(client, [executionId], clock.now, AbortSignal.any([signal, cancel])),
  );
  const [run] = read.runs;
  if (run === undefined) throw new Error("Lyceum does not know the run");
  // A run that was adopted by its id was started with a text that nobody here knows.
  const text = inputs.existingExecutionId === undefined ? inputs.composeText : undefined;
  const compose = text === undefined ? undefined : maskedCompose(text, redact);
  const shown = { ...redacted(run, redact), attempt, ...(compose === undefined ? {} : { compose }) };
  return renderReport({ ...read, runs: [shown] }, formatOf(inputs.report ?? ""));
}
