import type { Caller } from "./caller";
import type { LyceumError } from "./errors";
import { linesOfOutput, parseLogs } from "./parse-logs";
import type { CallOptions, ExecutionRecord, LogLine, Lookup } from "./port";
import type { Redactor } from "./redaction";

/** Limits of `GET /logs/execution/{id}`: its default and largest page, and the longest time it looks back, in hours. */
const PAGE_LINES = 1000;
const LARGEST_PAGE_LINES = 10_000;
const HOURS = 168;
/** Output is told along with something more important; the record has it too. */
const ATTEMPTS = 2;

/**
 * The last `count` output lines. The logs come first; when they cannot be had, or are empty, the record's own output
 * speaks. A refused token is thrown, as it would be by the record; when neither can be read, the record's error is.
 */
export async function readLogsTail(
  ports: {
    readonly call: Caller;
    readonly redact: Redactor;
    readonly record: (executionId: string, options?: CallOptions) => Promise<Lookup<ExecutionRecord>>;
  },
  executionId: string,
  count: number,
  options: CallOptions,
): Promise<readonly LogLine[]> {
  if (count <= 0) return [];
  const lines = await readLogs(ports, executionId, options);
  if (lines.length > 0) return lines.slice(-count);
  const record = await ports.record(executionId, options);
  return record.kind === "found" ? linesOfOutput(record.value.output, count) : [];
}

async function readLogs(
  ports: { readonly call: Caller; readonly redact: Redactor },
  executionId: string,
  options: CallOptions,
): Promise<readonly LogLine[]> {
  const page = async (limit: number) => {
    const result = await ports.call({
      operation: "getExecutionLogs",
      executionId,
      query: { limit, hours: HOURS },
      parse: (json) => parseLogs(json, ports.redact),
      attempts: ATTEMPTS,
      signal: options.signal,
    });
    if (result.kind === "value") return result.value;
    if (isFinal(result.error)) throw result.error;
    return { lines: [] };
  };
  const first = await page(PAGE_LINES);
  // Nobody says whether a page holds the first lines or the last: when there are more, all are asked for.
  const isCut = (first.total ?? 0) > first.lines.length || first.lines.length >= PAGE_LINES;
  if (!isCut) return first.lines;
  const all = await page(LARGEST_PAGE_LINES);
  return all.lines.length > 0 ? all.lines : first.lines;
}

/** What the record would answer just the same. */
function isFinal(error: LyceumError): boolean {
  return error.code === "LYC1101" || error.code === "LYC1206";
}
