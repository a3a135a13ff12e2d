import type { ExecutionRecord } from "../lyceum/port";
import type { LifecycleContext } from "./context";
import { bounded } from "./deadline";
import type { ExecutionInputs } from "./inputs";
import type { ExecutionOutputs } from "./outputs";
import { redactorFor } from "./redactor";
import { readResults } from "./results";

/** A record carries the end of a long output only: then the log has more. */
const WHOLE_OUTPUT_CHARACTERS = 60 * 1024;
const LONGEST_LOG = 10_000;
const SECONDS = 20;
const MOST_PROBLEMS = 5;

/**
 * Outputs with the results of a run that was awaited and has completed. They are in the output of its record, and in its log where the
 * record has none or not all of it. A line that cannot be read is a warning; a log that cannot be read is none.
 */
export async function withResults(
  context: Pick<LifecycleContext, "client" | "clock" | "report">,
  inputs: ExecutionInputs,
  outputs: ExecutionOutputs,
  record: ExecutionRecord | undefined,
): Promise<ExecutionOutputs> {
  const { executionId, streamingUrl = "" } = outputs;
  const { results, problems } = readResults(await outputOf(context, executionId, record));
  const redact = redactorFor(inputs, [streamingUrl]);
  for (const problem of problems.slice(0, MOST_PROBLEMS)) {
    context.report.warning(inputs.urn, `Run ${executionId} has a result that cannot be read: ${redact(problem)}.`);
  }
  return Object.keys(results).length === 0 ? outputs : { ...outputs, results };
}

async function outputOf(
  { client, clock }: Pick<LifecycleContext, "client" | "clock">,
  executionId: string,
  record: ExecutionRecord | undefined,
): Promise<string> {
  const known = record?.output ?? "";
  const isWhole = record !== undefined && known.length < WHOLE_OUTPUT_CHARACTERS;
  // A run that has written nothing has no results; without a record nobody knows that.
  if (isWhole) return known;
  const lines = await bounded(clock, SECONDS, (signal) => client.logsTail(executionId, LONGEST_LOG, { signal })).catch(
    () => undefined,
  );
  return lines === undefined || lines.length === 0 ? known : lines.map(({ message }) => message).join("\n");
}
