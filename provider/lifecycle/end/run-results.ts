import { kindOf } from "../../lyceum/answers/status";
import { READ_SECONDS } from "../../lyceum/operations";
import type { ExecutionRecord } from "../../lyceum/port";
import { API_LIMITS } from "../../schema";
import type { EndEffects, RunEffects } from "../process/context";
import type { ExecutionInputs } from "../run/inputs";
import type { ExecutionOutputs } from "../run/record/record";
import { bounded } from "../watch/deadline";

/**
 * If the output in a run's record has fewer characters than this number, the output is complete. A longer output may
 * lack its beginning, which only the log has.
 */
const WHOLE_OUTPUT_CHARACTERS = 40 * 1024;
const MOST_PROBLEMS = 5;

/**
 * Adds the results of a completed run to the run's outputs. The run prints its results as lines of output. The lines
 * come from the run's record, or from the log if the output in the record is missing or incomplete. Warns of result
 * lines that cannot be read. If the log cannot be read, no error is reported.
 */
export async function withResults(
  context: RunEffects,
  inputs: ExecutionInputs,
  outputs: ExecutionOutputs,
  record: ExecutionRecord | undefined,
): Promise<ExecutionOutputs> {
  const { executionId } = outputs;
  const { results, problems } = readResults(await outputOf(context, inputs, outputs, record), context.isReserved);
  const redact = context.redactorFor(outputs);
  for (const problem of problems.slice(0, MOST_PROBLEMS)) {
    context.report.warning(`Run ${executionId} has a result that cannot be read: ${redact(problem)}.`);
  }
  return Object.keys(results).length === 0 ? outputs : { ...outputs, results };
}

/** Adds the results of a record to the outputs of a completed run, if no results are known yet. */
export function withResultsOf(
  { isReserved }: Pick<EndEffects, "isReserved">,
  outputs: ExecutionOutputs,
  record: { readonly output?: string },
): ExecutionOutputs {
  if (kindOf(outputs) !== "completed" || outputs.results !== undefined) return outputs;
  const { results } = readResults(record.output ?? "", isReserved);
  return Object.keys(results).length === 0 ? outputs : { ...outputs, results };
}

async function outputOf(
  { client, clock, resultLogs }: EndEffects,
  inputs: ExecutionInputs,
  outputs: ExecutionOutputs,
  record: ExecutionRecord | undefined,
): Promise<string> {
  const known = record?.output;
  if (known !== undefined && known.length < WHOLE_OUTPUT_CHARACTERS) return known;
  const ask = async (): Promise<string | undefined> => {
    const read = (signal: AbortSignal) => client.logsTail(outputs.executionId, API_LIMITS.logLines, { signal, record });
    const lines = await bounded(clock, READ_SECONDS, read).catch(() => undefined);
    return lines?.map(({ message }) => message).join("\n");
  };
  // The log is read if the output in the record may be incomplete. Without any output in the record, `resultLogs`
  // decides whether the log is read.
  const logged = await (known === undefined ? resultLogs(inputs, outputs, ask) : ask());
  return logged || (known ?? "");
}

/** Limits of the results of a run. The limits are low, because every command reads the results in the state. */
export const RESULT_LIMITS = { results: 64, valueBytes: 16 * 1024, totalBytes: 64 * 1024, depth: 32 } as const;

interface ReadResults {
  readonly results: Readonly<Record<string, unknown>>;
  /**
   * The reasons why result lines could not be read. The reasons never contain the values in these lines. Each reason
   * appears once.
   */
  readonly problems: readonly string[];
}

/**
 * Matches `lyceum-result NAME JSON` on a separate line. In some logs, each line begins with the name of the service, as
 * in `docker compose logs`.
 */
const LINE = /^(?:[\w.-]{1,100}\s+\| )?lyceum-result(?:\s+(\S.*)?)?$/;
const NAME_AND_VALUE = /^([A-Za-z_][\w-]{0,99})\s+(.+)$/s;
const KB = 1024;

/**
 * Reads the results that a run printed in its output. If the output has several results with one name, the last one
 * counts.
 *
 * @param isReserved returns true if Pulumi's engine gives a special meaning to the text
 */
export function readResults(output: string, isReserved: (text: string) => boolean): ReadResults {
  const results = new Map<string, { readonly value: unknown; readonly bytes: number }>();
  const problems = new Set<string>();
  let total = 0;
  for (const line of output.split("\n")) {
    const match = LINE.exec(line.trimEnd());
    if (match === null) continue;
    const [, name, json] = NAME_AND_VALUE.exec(match[1] ?? "") ?? [];
    if (name === undefined || json === undefined || name === "__proto__") {
      problems.add("`lyceum-result …`: a name and a JSON value have to follow");
      continue;
    }
    const bytes = Buffer.byteLength(json);
    const others = total - (results.get(name)?.bytes ?? 0);
    const read = bytes > RESULT_LIMITS.valueBytes ? TOO_LONG : valueIn(json, isReserved);
    const reason =
      "reason" in read
        ? read.reason
        : others + bytes > RESULT_LIMITS.totalBytes
          ? `all results together are longer than ${RESULT_LIMITS.totalBytes / KB} KB`
          : !results.has(name) && results.size >= RESULT_LIMITS.results
            ? `there are more than ${RESULT_LIMITS.results} results`
            : undefined;
    if (reason !== undefined) problems.add(`\`lyceum-result ${name} …\`: ${reason}`);
    else if ("value" in read) {
      results.set(name, { value: read.value, bytes });
      total = others + bytes;
    }
  }
  const values = [...results].map(([name, { value }]) => [name, value] as const);
  return { results: Object.fromEntries(values), problems: [...problems] };
}

const TOO_LONG = { reason: `its value is longer than ${RESULT_LIMITS.valueBytes / KB} KB` } as const;

function valueIn(
  json: string,
  isReserved: (text: string) => boolean,
): { readonly value: unknown } | { readonly reason: string } {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch {
    return { reason: "its value is not JSON: a text needs quotes" };
  }
  const reason = reasonAgainst(value, 0, isReserved);
  return reason === undefined ? { value } : { reason };
}

/**
 * Returns why Pulumi cannot record a value unchanged. Without this check, the engine would refuse the answer of the
 * provider, and no state would record the run.
 */
function reasonAgainst(value: unknown, depth: number, isReserved: (text: string) => boolean): string | undefined {
  if (depth > RESULT_LIMITS.depth) return `its value is nested more than ${RESULT_LIMITS.depth} times`;
  if (typeof value === "number") return Number.isFinite(value) ? undefined : "its value is a number without end";
  if (typeof value === "string") {
    if (/\p{Surrogate}/u.test(value)) return "its value holds half of a character";
    return isReserved(value) ? "its value holds a text that Pulumi keeps for itself" : undefined;
  }
  if (typeof value !== "object" || value === null) return undefined;
  for (const [key, entry] of Object.entries(value)) {
    if (key === "__proto__") return "its value has the key `__proto__`";
    const reason = reasonAgainst(key, depth, isReserved) ?? reasonAgainst(entry, depth + 1, isReserved);
    if (reason !== undefined) return reason;
  }
  return undefined;
}
