import type { ExecutionRecord } from "../lyceum/port";
import { kindOf } from "../lyceum/status";
import { API_LIMITS } from "../schema";
import type { LifecycleContext } from "./context";
import { bounded, CLOSING_CALL_SECONDS } from "./deadline";
import type { ExecutionInputs } from "./inputs";
import type { ExecutionOutputs } from "./outputs";
import { redactorFor } from "./redactor";
import { readResults } from "./results";

/** A record carries the end of a long output only, without the line that was cut: then the log has more. */
const WHOLE_OUTPUT_CHARACTERS = 40 * 1024;
const MOST_PROBLEMS = 5;

/**
 * Outputs with the results of a run that was awaited and has completed. They are in the output of its record, and in its log where the
 * record has none or not all of it. A line that cannot be read is a warning; a log that cannot be read is none.
 */
export async function withResults(
  context: Pick<LifecycleContext, "client" | "clock" | "report" | "isReserved">,
  inputs: ExecutionInputs,
  outputs: ExecutionOutputs,
  record: ExecutionRecord | undefined,
): Promise<ExecutionOutputs> {
  const { executionId } = outputs;
  const { results, problems } = readResults(await outputOf(context, executionId, record), context.isReserved);
  const redact = redactorFor(inputs, outputs);
  for (const problem of problems.slice(0, MOST_PROBLEMS)) {
    context.report.warning(inputs.urn, `Run ${executionId} has a result that cannot be read: ${redact(problem)}.`);
  }
  return Object.keys(results).length === 0 ? outputs : { ...outputs, results };
}

/** Outputs with the results in a record that has been read for another reason, where none are known yet. */
export function withResultsOf(
  { isReserved }: Pick<LifecycleContext, "isReserved">,
  outputs: ExecutionOutputs,
  record: { readonly output?: string },
): ExecutionOutputs {
  if (kindOf(outputs) !== "completed" || outputs.results !== undefined) return outputs;
  const { results } = readResults(record.output ?? "", isReserved);
  return Object.keys(results).length === 0 ? outputs : { ...outputs, results };
}

async function outputOf(
  { client, clock }: Pick<LifecycleContext, "client" | "clock">,
  executionId: string,
  record: ExecutionRecord | undefined,
): Promise<string> {
  const known = record?.output ?? "";
  // A record that leaves the output out says nothing of it; an empty one does.
  if (record?.output !== undefined && known.length < WHOLE_OUTPUT_CHARACTERS) return known;
  const lines = await bounded(clock, CLOSING_CALL_SECONDS, (signal) =>
    client.logsTail(executionId, API_LIMITS.logLines, { signal }),
  ).catch(() => undefined);
  return lines === undefined || lines.length === 0 ? known : lines.map(({ message }) => message).join("\n");
}
