import type { Redactor } from "../../secrets";
import { redactMessages } from "../../secrets";
import { asInteger, asText, compact, field, firstOf } from "../json";
import type { LogLine } from "../port";
import { asWord, withOffset } from "./run-fields";

/**
 * Reads the lines of `GET /logs/execution/{id}`, oldest first, and the number of all lines if Lyceum reports it. All
 * lines are redacted together as one text. No line is shortened: a caller that redacts more secrets would not find half
 * a secret.
 */
export function parseLogs(
  body: unknown,
  redact: Redactor,
  { withoutGaps }: { readonly withoutGaps?: boolean } = {},
): { readonly lines: readonly LogLine[]; readonly total?: number } | undefined {
  const list = Array.isArray(body) ? body : field(body, "logs");
  if (!Array.isArray(list)) return undefined;
  const lines = list.flatMap((entry): LogLine[] => {
    const message = typeof entry === "string" ? entry : field(entry, "message");
    if (typeof message !== "string") return [];
    if (withoutGaps && field(field(entry, "labels"), OMITTED_LINES) !== undefined) return [];
    const timestamp = timestampOf(field(entry, "timestamp"));
    return [compact<LogLine>({ message, timestamp, service: serviceOf(entry) })];
  });
  const total = asInteger(field(body, "total"));
  const ordered = inOrder(lines);
  const shown = redactMessages(
    ordered.map(({ message }) => message),
    redact,
  );
  const redacted = ordered.map((line, index) => ({ ...line, message: shown[index] ?? "" }));
  return { lines: redacted, ...(total === undefined ? {} : { total }) };
}

/** Returns the last `count` lines of the output in a run's record. */
export function linesOfOutput(output: string | undefined, count: number): readonly LogLine[] {
  const lines = (output ?? "").replace(/\r?\n$/, "").split(/\r?\n/);
  return output === undefined || output === "" || count <= 0 ? [] : lines.slice(-count).map((message) => ({ message }));
}

/** The label of a log entry that stands for lines that are no longer stored. Only the emulator sets this label. */
const OMITTED_LINES = "omitted_lines";

/** Labels of a log line that may contain the name of its Compose service. */
const SERVICE_LABELS = ["service", "com.docker.compose.service", "compose_service"] as const;

function serviceOf(entry: unknown): string | undefined {
  return firstOf(field(entry, "labels"), SERVICE_LABELS, asWord) ?? asWord(field(entry, "service"));
}

function timestampOf(value: unknown): string | undefined {
  return Number.isFinite(value) ? String(value) : asText(value);
}

/**
 * Sorts lines by time. If Lyceum sends the newest line first, lines with the same time are reversed too. If the time of
 * any line cannot be read, the order stays as it is.
 */
function inOrder(lines: readonly LogLine[]): readonly LogLine[] {
  const timed = lines.map((line) => ({ line, time: timeOfLine(line) ?? Number.NaN }));
  if (timed.some(({ time }) => Number.isNaN(time))) return lines;
  const isNewestFirst = (timed[0]?.time ?? 0) > (timed.at(-1)?.time ?? 0);
  return (isNewestFirst ? timed.reverse() : timed).sort((a, b) => a.time - b.time).map(({ line }) => line);
}

/** When a line was written, in milliseconds since the epoch. Undefined if its time cannot be read. */
export function timeOfLine({ timestamp = "" }: LogLine): number | undefined {
  // A number may be in seconds, milliseconds, microseconds or nanoseconds since the epoch. The number of digits shows
  // the unit: ten digits are seconds.
  const [, seconds, fraction = ""] = /^(\d{1,10})(\d*(?:\.\d+)?)$/.exec(timestamp) ?? [];
  const time =
    seconds === undefined
      ? Date.parse(withOffset(timestamp.replace(/,(?=\d)/, ".")))
      : Number(`${seconds}.${fraction.replace(".", "")}`) * 1000;
  return Number.isNaN(time) ? undefined : time;
}
