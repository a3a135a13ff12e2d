import { asId, asInteger, asNumber, asText, compact, field, firstOf } from "./json";
import { isUsableExecutionId } from "./operations";
import type { ExecutionRecord, ExecutionSummary, HistoryPage, MachineType } from "./port";
import type { Redactor } from "./redaction";
import { withOffset } from "./times";

/**
 * Readers of the service's answers, from `unknown`. They bear whatever the contract does not promise; unknown keys are
 * dropped, since a record may hold the compose text and credentials. Undefined: not even the least can be read.
 */

const OUTPUT_LIMIT_CHARACTERS = 64 * 1024;
const ERROR_LIMIT_CHARACTERS = 2 * 1024;
const ERROR_LIMIT_COUNT = 50;
/** Words and times of a run are recorded: what is longer is cut, whatever it is. */
const LONGEST_WORD = 200;
const LONGEST_URL = 4096;
/** What a status is called that the service left out. An unknown word is not an end. */
const NO_STATUS = "unknown";

/** Answer of a start. Undefined without a usable id: the run may exist all the same. */
export function parseStarted(
  body: unknown,
): { readonly executionId: string; readonly status: string; readonly streamingUrl: string } | undefined {
  const executionId = idOf(body);
  if (executionId === undefined) return undefined;
  const streamingUrl = asText(field(body, "streaming_url")) ?? "";
  return {
    executionId,
    status: asWord(field(body, "status")) ?? NO_STATUS,
    streamingUrl: streamingUrl.length > LONGEST_URL ? "" : streamingUrl,
  };
}

/** A record. Undefined without a status. */
export function parseRecord(body: unknown, redact: Redactor): ExecutionRecord | undefined {
  const status = asWord(field(body, "status"));
  if (status === undefined) return undefined;
  return compact<ExecutionRecord>({
    ...times(body),
    executionId: idOf(body),
    status,
    returnCode: asInteger(field(body, "return_code")),
    errors: ["errors", "errors_docker", "system_errors"].flatMap((key) => parseErrors(field(body, key), redact)),
    fileName: asText(field(body, "file_name")),
    hardwareProfile: asWord(field(body, "hardware_profile")),
    output: outputOf(body, redact),
  });
}

/** The older status read. Undefined without a status. */
export function parseOlderStatus(
  body: unknown,
  redact: Redactor,
): { readonly status: string; readonly errors: readonly string[] } | undefined {
  const status = asWord(field(body, "status"));
  return status === undefined ? undefined : { status, errors: parseErrors(field(body, "errors"), redact) };
}

/** Answer of an abort. Nothing in it is needed, so nothing is required. */
export function parseAborted(body: unknown, redact: Redactor): { readonly status?: string; readonly message?: string } {
  const message = asText(field(body, "message"));
  return compact<{ status?: string; message?: string }>({
    status: asWord(field(body, "status")),
    message: message === undefined ? undefined : redact(message).slice(0, ERROR_LIMIT_CHARACTERS),
  });
}

/** A list of runs: bare, or under `executions` or `workloads`. Entries without an id are dropped. Undefined: no list. */
export function parseSummaries(body: unknown): readonly ExecutionSummary[] | undefined {
  const list = listOf(body, ["executions", "workloads"]);
  return list?.flatMap((entry) => {
    const executionId = idOf(entry);
    if (executionId === undefined) return [];
    return compact<ExecutionSummary>({
      ...times(entry),
      executionId,
      status: asWord(field(entry, "status")) ?? NO_STATUS,
      fileName: asText(field(entry, "file_name")),
      hardwareProfile: asWord(field(entry, "hardware_profile")),
    });
  });
}

/** One page of history. Undefined: no list. */
export function parseHistory(body: unknown): HistoryPage | undefined {
  const executions = parseSummaries(body);
  if (executions === undefined) return undefined;
  return compact<HistoryPage>({ executions, total: asInteger(field(body, "total_executions")) });
}

/** Machines of the account, from either of the two calls that know them. Undefined: no list. */
export function parseMachines(body: unknown): readonly MachineType[] | undefined {
  const list = listOf(body, ["machine_types", "available_hardware_profiles"]);
  return list?.flatMap((entry) => {
    const hardwareProfile = asWord(entry) ?? asWord(field(entry, "hardware_profile"));
    if (hardwareProfile === undefined) return [];
    const pricePerHour = asNumber(field(entry, "price_per_hour"));
    return compact<MachineType>({ hardwareProfile, pricePerHour });
  });
}

/** Errors of a run: a text, a list of texts or of objects with a text, or nothing. Redacted, each at most 2 KB. */
export function parseErrors(value: unknown, redact: Redactor): readonly string[] {
  return (Array.isArray(value) ? value : [value])
    .slice(0, ERROR_LIMIT_COUNT)
    .map((entry) => asText(entry) ?? firstOf(entry, ["message", "msg", "detail", "error"], asText))
    .filter((text) => text !== undefined)
    .map((text) => redact(text).slice(0, ERROR_LIMIT_CHARACTERS));
}

/** A text that is one of a few words or a time; the rest of a long one is of no use to anybody. */
function asWord(value: unknown): string | undefined {
  return asText(value)?.slice(0, LONGEST_WORD);
}

/** An id that can be asked for again; another would keep a resource from ever being read or deleted. */
function idOf(body: unknown): string | undefined {
  const id = asId(field(body, "execution_id"));
  return id !== undefined && isUsableExecutionId(id) ? id : undefined;
}

function listOf(body: unknown, keys: readonly string[]): readonly unknown[] | undefined {
  const asList = (value: unknown): readonly unknown[] | undefined => (Array.isArray(value) ? value : undefined);
  return asList(body) ?? firstOf(body, keys, asList);
}

function times(body: unknown): {
  readonly createdAt: string | undefined;
  readonly startedAt: string | undefined;
  readonly endedAt: string | undefined;
} {
  const time = (keys: readonly string[]): string | undefined => {
    const text = firstOf(body, keys, asWord);
    return text === undefined ? undefined : withOffset(text);
  };
  return {
    createdAt: time(["created_at"]),
    startedAt: time(["start_time", "job_start"]),
    endedAt: time(["end_time", "finish_time", "job_end"]),
  };
}

function outputOf(body: unknown, redact: Redactor): string | undefined {
  const streams = ["stdout", "stderr"].map((key) => asText(field(body, key))).filter((text) => text !== undefined);
  const separate = streams.map((text) => (text.endsWith("\n") ? text : `${text}\n`)).join("");
  const output = asText(field(body, "combined_output")) ?? separate;
  if (output === "") return undefined;
  if (output.length <= OUTPUT_LIMIT_CHARACTERS) return redact(output);
  const tail = output.slice(-OUTPUT_LIMIT_CHARACTERS);
  const newline = tail.indexOf("\n");
  // A cut within a line could halve a secret, and half of one is not found: such an output is redacted whole.
  return newline === -1 ? redact(output).slice(-OUTPUT_LIMIT_CHARACTERS) : redact(tail.slice(newline + 1));
}
