import { API_LIMITS } from "../../schema";
import type { Redactor } from "../../secrets";
import { isRefusedForGood } from "../capability";
import type { LyceumError } from "../errors";
import type { Caller } from "../http/caller";
import type { CallOptions, ExecutionRecord, LogLine, Lookup, TailOptions } from "../port";
import { linesOfOutput, parseLogs } from "./parse-logs";

/** The number of lines that the first `GET /logs/execution/{id}` asks for. */
const PAGE_LINES = 1000;
/** The largest age of the requested lines of a log, in hours. */
const HOURS = 168;
/** The number of attempts to read the logs. Two are enough, because the run's record also has the output. */
const ATTEMPTS = 2;

/**
 * Returns the last `count` output lines of a run. Throws if the run's record is needed and cannot be read.
 *
 * | the logs | the run's record | result |
 * |---|---|---|
 * | have lines | is not read | the lines of the logs |
 * | are empty or cannot be read | has output | the lines of the record |
 * | are empty | has no output | no lines |
 * | are refused permanently | has no output | throws the error of the logs |
 * | cannot be read for another reason | has no output | if `throwsUnread`, throws the error of the logs, else no lines |
 */
export async function readLogsTail(
  ports: {
    readonly call: Caller;
    readonly redact: Redactor;
    readonly record: (executionId: string, options?: CallOptions) => Promise<Lookup<ExecutionRecord>>;
  },
  executionId: string,
  count: number,
  { service, record, throwsUnread, onTotal, ...options }: TailOptions,
): Promise<readonly LogLine[]> {
  if (count <= 0) return [];
  const logs = await readLogs(ports, executionId, options);
  if (logs.total !== undefined) onTotal?.(logs.total);
  if (logs.lines.length > 0) return ofService(logs.lines, service).slice(-count);
  const found =
    record === undefined ? await ports.record(executionId, options) : { kind: "found" as const, value: record };
  const lines = found.kind === "found" ? linesOfOutput(found.value.output, count) : [];
  if (lines.length === 0 && logs.refusal !== undefined) throw logs.refusal;
  if (lines.length === 0 && logs.failure !== undefined && throwsUnread) throw logs.failure;
  return lines;
}

/** Returns the log lines of one Compose service. If no line names this service, returns all lines. */
function ofService(lines: readonly LogLine[], service: string | undefined): readonly LogLine[] {
  const own = service === undefined ? [] : lines.filter((line) => line.service === service);
  return own.length > 0 ? own : lines;
}

/**
 * The result of a request for logs. If the logs could not be read, `lines` is empty, and `refusal` or `failure` is set.
 */
interface LogsRead {
  readonly lines: readonly LogLine[];
  readonly total?: number;
  /** The error if Lyceum refuses the logs permanently. */
  readonly refusal?: LyceumError;
  /** Any other error, such as a timeout. */
  readonly failure?: LyceumError;
}

async function readLogs(
  ports: { readonly call: Caller; readonly redact: Redactor },
  executionId: string,
  options: Pick<TailOptions, "signal" | "withoutGaps">,
): Promise<LogsRead> {
  const page = async (limit: number): Promise<LogsRead> => {
    const result = await ports.call({
      operation: "getExecutionLogs",
      executionId,
      query: { limit, hours: HOURS },
      parse: (json) => parseLogs(json, ports.redact, options),
      attempts: ATTEMPTS,
      signal: options.signal,
    });
    if (result.kind === "value") return result.value;
    if (options.signal?.aborted) throw result.error;
    return isRefusedForGood(result.error) ? { lines: [], refusal: result.error } : { lines: [], failure: result.error };
  };
  const first = await page(PAGE_LINES);
  // The API does not define whether a page contains the first or the last lines. If the first page may be incomplete, a
  // second call asks for as many lines as the API allows.
  const isCut = (first.total ?? 0) > first.lines.length || first.lines.length >= PAGE_LINES;
  if (!isCut) return first;
  const all = await page(API_LIMITS.logLines);
  return all.lines.length > 0 ? all : first;
}
