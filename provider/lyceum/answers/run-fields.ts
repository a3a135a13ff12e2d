import { printable } from "../../display/printable";
import { asId, asText, field, firstOf } from "../json";
import { isUsableExecutionId } from "../operations";

/**
 * These functions read the fields that run records, lists and answers to starts have in common. If answers use several
 * names for a field, the functions read all of these names.
 */

/**
 * The status of a run if the answer has no status. Like an unknown status word, this status does not mean that the run
 * has ended.
 */
export const NO_STATUS = "unknown";

/**
 * The longest text that `asWord` returns, in characters. A longer text is cut, because the text is recorded in the
 * state.
 */
const LONGEST_WORD = 200;

const EXECUTION_ID_KEYS = ["execution_id", "executionId"] as const;
const ID_KEYS = [...EXECUTION_ID_KEYS, "id"] as const;

/**
 * Finds the object that describes a run. Returns the first of these:
 *
 * 1. the answer, its `data` or its `execution`, if it has an execution id (`execution_id`)
 * 2. `data` or `execution`, if it has an `id` or `status`, because those of the answer may not belong to the run
 * 3. the answer
 */
export function runIn(answer: unknown): unknown {
  const inner = [field(answer, "data"), field(answer, "execution")];
  const namesExecution = (value: unknown): boolean => firstOf(value, EXECUTION_ID_KEYS, asId) !== undefined;
  const isRun = (value: unknown): boolean => executionIdOf(value) !== undefined || statusOf(value) !== undefined;
  return [answer, ...inner].find(namesExecution) ?? inner.find(isRun) ?? answer;
}

/**
 * Returns the execution id in an answer if it can be part of a URL path. The provider could not read or delete a run
 * with any other id.
 */
export function executionIdOf(body: unknown): string | undefined {
  return firstOf(body, ID_KEYS, usableId);
}

function usableId(value: unknown): string | undefined {
  const id = asId(value);
  return id !== undefined && isUsableExecutionId(id) ? id : undefined;
}

/** The status word in an answer. Undefined if the answer has no status. */
export function statusOf(body: unknown): string | undefined {
  return asWord(field(body, "status"));
}

/** The file name of the run. Undefined if the answer has none. */
export function fileNameOf(body: unknown): string | undefined {
  const name = firstOf(body, ["file_name", "fileName"], asText);
  return name === undefined ? undefined : printable(name);
}

/** The hardware profile (machine) of the run. */
export function hardwareProfileOf(body: unknown): string | undefined {
  return firstOf(body, ["hardware_profile", "hardwareProfile"], asWord);
}

/** Reads the times of a run as ISO 8601. */
export function timesOf(body: unknown) {
  const time = (keys: readonly string[]): string | undefined =>
    firstOf(body, keys, (value) => asTime(typeof value === "string" ? asWord(value) : value));
  return {
    createdAt: time(["created_at", "createdAt"]),
    startedAt: time(["start_time", "job_start", "started_at", "startTime", "startedAt"]),
    endedAt: time(["end_time", "finish_time", "job_end", "ended_at", "finished_at", "endTime", "endedAt"]),
  };
}

/**
 * Reads a short text and cuts it if it is too long. Control characters are removed, because the text is recorded in the
 * state and shown to users.
 */
export function asWord(value: unknown): string | undefined {
  const text = asText(value);
  return text === undefined ? undefined : printable(text.slice(0, LONGEST_WORD));
}

/**
 * A date and time without an offset. Such a time is in UTC, like Lyceum's clock, and does not depend on the time zone
 * of this machine.
 */
const WITHOUT_OFFSET = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?$/;
/** A larger number is a time in milliseconds. As seconds, the number would mean a time after the year 5138. */
const MILLISECONDS_FROM = 1e11;
/** 2001-09-09 in seconds. A smaller number is not a time, but a duration or an index. */
const EARLIEST_SECONDS = 1e9;
const LATEST_MILLISECONDS = Date.parse("9999-12-31T23:59:59Z");

/** Adds `Z` to a time without an offset, because JavaScript would read it as local time. Trims other texts. */
export function withOffset(time: string): string {
  const trimmed = time.trim();
  return WITHOUT_OFFSET.test(trimmed) ? `${trimmed.replace(" ", "T")}Z` : trimmed;
}

/**
 * Converts a time in an answer to ISO 8601. A text without an offset is in UTC (see {@link withOffset}). A number, or a
 * text of 10 to 13 digits, means seconds or milliseconds since the epoch. Any other text is only trimmed. Undefined for
 * any other value, and for a number that would mean a time before September 2001 or after the year 9999.
 */
export function asTime(value: unknown): string | undefined {
  const text = asText(value);
  const count =
    typeof value === "number"
      ? value
      : text !== undefined && /^\s*\d{10,13}(\.\d+)?\s*$/.test(text)
        ? Number(text)
        : undefined;
  if (count === undefined) return text === undefined ? undefined : withOffset(text);
  if (!Number.isFinite(count) || count < EARLIEST_SECONDS) return undefined;
  const milliseconds = count < MILLISECONDS_FROM ? count * 1000 : count;
  return milliseconds <= LATEST_MILLISECONDS ? new Date(milliseconds).toISOString() : undefined;
}
