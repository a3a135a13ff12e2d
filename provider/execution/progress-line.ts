import { printable } from "../display/printable";

/** What a row shows of a run that is waited for. */
export interface ProgressFacts {
  readonly executionId: string;
  readonly status: string;
  /** Seconds that the run has had this status; absent where no time is shown. */
  readonly elapsed?: number | undefined;
  /** Seconds after which Lyceum ends the run, while it runs. */
  readonly limit?: number | undefined;
  /** The latest line of output, where the program asks for it. */
  readonly output?: string | undefined;
}

/** So much of a line of output is shown: the id behind it should still fit into a wide row. */
const LONGEST_OUTPUT = 60;

/** The row's line, the state first: a narrow terminal cuts the end off. */
export function progressLine({ executionId, status, elapsed, limit, output }: ProgressFacts): string {
  const time = elapsed === undefined ? "" : ` ${shortDuration(elapsed)}`;
  const of = elapsed === undefined || limit === undefined ? "" : ` of ${shortDuration(limit)}`;
  const line = output === undefined || output === "" ? "" : `: ${cut(output)}`;
  return `${status}${time}${of}${line} (run ${executionId})`;
}

/** A duration with at most two units: `45s`, `1m10s`, `5m`, `1h2m`. */
export function shortDuration(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  if (hours > 0) return minutes === 0 ? `${hours}h` : `${hours}h${minutes}m`;
  if (minutes > 0) return rest === 0 ? `${minutes}m` : `${minutes}m${rest}s`;
  return `${rest}s`;
}

function cut(output: string): string {
  const line = printable(output).trim();
  return line.length <= LONGEST_OUTPUT ? line : `${line.slice(0, LONGEST_OUTPUT - 1)}…`;
}
