import type { Redactor } from "../../secrets";
import { redactMessages } from "../../secrets";
import type { LogLine } from "../port";
import { asInteger, asText, compact, field, firstOf } from "./json";
import { asWord, withOffset } from "./run-fields";

/**
 * Lines of `GET /logs/execution/{id}`, oldest first, and whether the service holds more than it gave. They are redacted as the one
 * text that they are, and nothing is cut: who shows them has further secrets to take out first.
 */
export function parseLogs(
  body: unknown,
  redact: Redactor,
): { readonly lines: readonly LogLine[]; readonly total?: number } | undefined {
  const list = Array.isArray(body) ? body : field(body, "logs");
  if (!Array.isArray(list)) return undefined;
  const lines = list.flatMap((entry): LogLine[] => {
    const message = typeof entry === "string" ? entry : field(entry, "message");
    if (typeof message !== "string") return [];
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

/** The last lines of an output text. */
export function linesOfOutput(output: string | undefined, count: number): readonly LogLine[] {
  const lines = (output ?? "").replace(/\r?\n$/, "").split(/\r?\n/);
  return output === undefined || output === "" || count <= 0 ? [] : lines.slice(-count).map((message) => ({ message }));
}

/** Names that a log line's service has been seen under. */
const SERVICE_LABELS = ["service", "com.docker.compose.service", "compose_service"] as const;

function serviceOf(entry: unknown): string | undefined {
  return firstOf(field(entry, "labels"), SERVICE_LABELS, asWord) ?? asWord(field(entry, "service"));
}

function timestampOf(value: unknown): string | undefined {
  return typeof value === "number" && Number.isFinite(value) ? String(value) : asText(value);
}

/** By time, lines of the same moment as they came. When one has no time that can be read, the order is the service's. */
function inOrder(lines: readonly LogLine[]): readonly LogLine[] {
  const keyed = lines.map((line) => ({ line, key: sortKey(line.timestamp) }));
  if (keyed.some(({ key }) => key === undefined)) return lines;
  return keyed.sort((a, b) => compareKeys(a.key ?? NO_KEY, b.key ?? NO_KEY)).map(({ line }) => line);
}

/** When a line was written, in milliseconds since the epoch; undefined without a time that can be read. */
export function timeOfLine({ timestamp }: LogLine): number | undefined {
  const key = sortKey(timestamp);
  return key === undefined ? undefined : key[0] * 1000 + Number(`0.${key[1] || 0}`) * 1000;
}

type SortKey = readonly [whole: number, fraction: string];
const NO_KEY: SortKey = [0, ""];

/** Seconds and the digits behind them: `Date` knows milliseconds only, and lines are often closer than that. */
function sortKey(timestamp: string | undefined): SortKey | undefined {
  if (timestamp === undefined) return undefined;
  if (/^\d+(\.\d+)?$/.test(timestamp)) {
    const [whole = "", fraction = ""] = timestamp.split(".");
    // Seconds, milliseconds, microseconds or nanoseconds since the epoch: seconds have ten digits.
    return [Number(whole.slice(0, 10)), whole.slice(10) + fraction];
  }
  const at = Date.parse(withOffset(timestamp.replace(/[.,]\d+/, "")));
  if (Number.isNaN(at)) return undefined;
  return [at / 1000, /[.,](\d+)/.exec(timestamp)?.[1] ?? ""];
}

function compareKeys(a: SortKey, b: SortKey): number {
  if (a[0] !== b[0]) return a[0] - b[0];
  const width = Math.max(a[1].length, b[1].length);
  const [left, right] = [a[1].padEnd(width, "0"), b[1].padEnd(width, "0")];
  return left < right ? -1 : left > right ? 1 : 0;
}
