import { printable } from "../../display/printable";
import type { Properties } from "../../schema";
import { isMap } from "../../schema";
import type { Redactor } from "../../secrets";
import { asInteger, asNumber, asText, compact, field, firstOf } from "../json";
import type { AbortAnswer, ExecutionRecord, MachineType, OlderStatus, StartedRun } from "../port";
import { listIn } from "./parse-list";
import {
  asWord,
  executionIdOf,
  fileNameOf,
  hardwareProfileOf,
  NO_STATUS,
  runIn,
  statusOf,
  timesOf,
} from "./run-fields";

/**
 * This module reads Lyceum's answers, including answers that differ from the contract. Unknown keys are dropped,
 * because a record may contain the Compose text and credentials. A function returns undefined if a required value is
 * missing.
 */

const OUTPUT_LIMIT_CHARACTERS = 64 * 1024;
/**
 * The redactor gets this number of characters from the end of the output. A record keeps only the last
 * `OUTPUT_LIMIT_CHARACTERS`. The redactor finds only whole secrets, and a secret may begin up to 1 MB before the kept
 * characters, because it may be as long as the largest Compose text.
 */
const REDACTED_OUTPUT_CHARACTERS = OUTPUT_LIMIT_CHARACTERS + 1024 * 1024;
const ERROR_LIMIT_CHARACTERS = 2 * 1024;
const ERROR_LIMIT_COUNT = 50;
const LONGEST_URL = 4096;

/**
 * Reads the answer to a start. Returns undefined if the answer has no valid id. The outcome of the start is then
 * `unknown`, because a run may exist.
 */
export function parseStarted(answer: unknown): StartedRun | undefined {
  const body = runIn(answer);
  const executionId = executionIdOf(body);
  if (executionId === undefined) return undefined;
  const streamingUrl = firstOf(body, ["streaming_url", "streamingUrl"], asText) ?? "";
  return {
    executionId,
    status: statusOf(body) ?? NO_STATUS,
    streamingUrl: streamingUrl.length > LONGEST_URL ? "" : printable(streamingUrl),
  };
}

/**
 * Reads the record of a run. Undefined if the answer has no status, no id and no end, because such an answer is not a
 * record.
 */
export function parseRecord(answer: unknown, redact: Redactor): ExecutionRecord | undefined {
  const body = runIn(answer);
  const times = timesOf(body);
  const isRecord = executionIdOf(body) !== undefined || times.endedAt !== undefined;
  const status = statusOf(body) ?? (isRecord ? NO_STATUS : undefined);
  if (status === undefined) return undefined;
  const record = compact<ExecutionRecord>({
    ...times,
    executionId: executionIdOf(body),
    status,
    returnCode: firstOf(body, ["return_code", "returnCode", "exit_code", "exitCode"], asInteger),
    errors: ["errors", "errors_docker", "system_errors"].flatMap((key) => parseErrors(field(body, key), redact)),
    fileName: fileNameOf(body),
    hardwareProfile: hardwareProfileOf(body),
    cost: billedIn(body),
  });
  return withOutput(record, body, redact);
}

function billedIn(body: unknown): number | undefined {
  const billed = asNumber(field(body, "billed"));
  return billed !== undefined && billed >= 0 ? billed : undefined;
}

/** Adds the output to a run's record as a getter, because every poll reads a record and few polls need its output. */
function withOutput(record: ExecutionRecord, body: unknown, redact: Redactor): ExecutionRecord {
  const output = outputIn(body);
  if (output === undefined) return record;
  let shown: string | undefined;
  return Object.defineProperty(record, "output", {
    enumerable: true,
    get: () => {
      shown ??= lastOf(redact(output));
      return shown;
    },
  });
}

/** Reads the answer of the older status call. Undefined if the answer has no status. */
export function parseOlderStatus(answer: unknown, redact: Redactor): OlderStatus | undefined {
  const body = runIn(answer);
  const status = statusOf(body);
  return status === undefined ? undefined : { status, errors: parseErrors(field(body, "errors"), redact) };
}

/**
 * Reads the answer to an abort. The answer may be empty. Returns undefined for a text that is not JSON, such as a
 * gateway's page.
 */
export function parseAborted(body: unknown, redact: Redactor, text = ""): AbortAnswer | undefined {
  if (body === undefined && text.trim() !== "") return undefined;
  const message = asText(field(body, "message"));
  return compact<AbortAnswer>({
    status: statusOf(body),
    message: message === undefined ? undefined : redact(message).slice(0, ERROR_LIMIT_CHARACTERS),
  });
}

/**
 * Reads the machines of the account from the answer of either call that lists machines. Returns undefined if the answer
 * is not a list.
 */
export function parseMachines(body: unknown): readonly MachineType[] | undefined {
  const list = listIn(body, ["machine_types", "available_hardware_profiles", "items", "data", "results"]);
  return list?.flatMap((entry) => {
    const hardwareProfile = asWord(entry) ?? asWord(field(entry, "hardware_profile"));
    if (hardwareProfile === undefined) return [];
    const pricePerHour = asNumber(field(entry, "price_per_hour"));
    return compact<MachineType>({ hardwareProfile, pricePerHour });
  });
}

/**
 * Reads the account of a token. The API guarantees none of its fields. Returns undefined if the answer is not an
 * object.
 */
export function parseAccount(body: unknown): Properties | undefined {
  return isMap(body) ? body : undefined;
}

/**
 * Reads the errors of a run, redacts them, and cuts each to 2 KB. The answer may contain a text, a list of texts, a
 * list of objects with a text, or nothing.
 */
export function parseErrors(value: unknown, redact: Redactor): readonly string[] {
  return (Array.isArray(value) ? value : [value])
    .slice(0, ERROR_LIMIT_COUNT)
    .map((entry) => asText(entry) ?? firstOf(entry, ["message", "msg", "detail", "error"], asText))
    .filter((text) => text !== undefined)
    .map((text) => redact(text).slice(0, ERROR_LIMIT_CHARACTERS));
}

function outputIn(body: unknown): string | undefined {
  const texts = ["combined_output", "stdout", "stderr"].map((key) => field(body, key));
  if (!texts.some((text) => typeof text === "string")) return undefined;
  const [combined, ...streams] = texts.map(asText);
  const separate = streams
    .filter((text) => text !== undefined)
    .map((text) => (text.endsWith("\n") ? text : `${text}\n`))
    .join("");
  const whole = combined ?? separate;
  if (whole.length <= REDACTED_OUTPUT_CHARACTERS) return whole;
  // The line at the cut may contain half a secret, which the redactor would not find. So the incomplete line is
  // dropped.
  const lineBreak = whole.indexOf("\n", whole.length - REDACTED_OUTPUT_CHARACTERS);
  return lineBreak === -1 ? "" : whole.slice(lineBreak + 1);
}

/** Returns the end of a redacted output. If possible, the result begins at the start of a line. */
function lastOf(output: string): string {
  if (output.length <= OUTPUT_LIMIT_CHARACTERS) return output;
  const tail = output.slice(-OUTPUT_LIMIT_CHARACTERS);
  return tail.slice(tail.indexOf("\n") + 1);
}
