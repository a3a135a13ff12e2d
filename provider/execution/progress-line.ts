import { shortDuration } from "../display/duration";
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

function cut(output: string): string {
  const line = printable(output).trim();
  return line.length <= LONGEST_OUTPUT ? line : `${line.slice(0, LONGEST_OUTPUT - 1)}…`;
}
