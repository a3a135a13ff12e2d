import { asText } from "./json";

/** A time of day with nothing behind it that says where: the service's clock is UTC, this machine's is anything. */
const WITHOUT_OFFSET = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?$/;
/** A number of this size counts milliseconds: as seconds it would be the year 5138. */
const MILLISECONDS_FROM = 1e11;
/** 2001-09-09 in seconds: a smaller number is a duration or an index, not a time. */
const EARLIEST_SECONDS = 1e9;
const LATEST_MILLISECONDS = Date.parse("9999-12-31T23:59:59Z");

/**
 * A time as the service wrote it, made unambiguous: without an offset it is UTC, since JavaScript would read it as local
 * time. Anything else stays as it came.
 */
export function withOffset(time: string): string {
  const trimmed = time.trim();
  return WITHOUT_OFFSET.test(trimmed) ? `${trimmed.replace(" ", "T")}Z` : trimmed;
}

/**
 * A time of an answer as ISO 8601: a text as {@link withOffset} reads it, or seconds or milliseconds since the epoch as a
 * number or as digits. Undefined for anything else.
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
