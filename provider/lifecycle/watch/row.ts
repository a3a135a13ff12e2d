import { printable } from "../../display/printable";
import { shortDuration } from "../../display/wording";
import type { Clock, Report } from "./ports";

/**
 * Shows the progress of a process's runs on their rows. With many runs, about one row per second has its time updated.
 */
export interface Progress {
  /** Whether a person watches, so that times are updated. Otherwise each change of status gets one line. */
  readonly showsTime: boolean;
  /** Shows the facts that a tick has read. */
  tick(urn: string, facts: ProgressFacts): void;
  /** Shows the last line of a wait: the status alone, which stays on the row. */
  end(urn: string, facts: ProgressFacts): void;
}

/** Shows nothing. */
export const noProgress: Progress = { showsTime: false, tick: () => undefined, end: () => undefined };

interface Row {
  line: string;
  status: string;
  shownAt: number;
}

/** Makes the progress display of one process. */
export function createProgress(report: Report, clock: Clock, showsTime: boolean): Progress {
  const rows = new Map<string, Row>();

  function show(urn: string, status: string, line: string): void {
    rows.set(urn, { line, status, shownAt: clock.now() });
    report.progress(urn, line);
  }

  return {
    showsTime,
    tick(urn, facts) {
      const row = rows.get(urn);
      const line = progressLine(showsTime ? facts : withoutTime(facts));
      // A change of status is shown at once. With more rows, the times are updated less often.
      const isDue =
        row?.status !== facts.status || (line !== row.line && clock.now() - row.shownAt >= rows.size * 1000);
      if (isDue) show(urn, facts.status, line);
    },
    end(urn, facts) {
      const line = progressLine(withoutTime(facts));
      if (rows.get(urn)?.line !== line) show(urn, facts.status, line);
      rows.delete(urn);
    },
  };
}

function withoutTime({ executionId, status }: ProgressFacts): ProgressFacts {
  return { executionId, status };
}

/** The facts that a row shows of a run. */
interface ProgressFacts {
  readonly executionId: string;
  readonly status: string;
  /** Seconds that the run has had this status; absent where no time is shown. */
  readonly elapsed?: number | undefined;
  /** Seconds after which Lyceum ends the run, while it runs. */
  readonly limit?: number | undefined;
  /** The latest line of output, where the program asks for it. */
  readonly output?: string | undefined;
}

/** Characters of an output line that are shown, so that the id after it still fits into a wide row. */
const LONGEST_OUTPUT = 60;
/** Characters of a line that are read. Escape sequences may fill most of a line. */
const MOST_READ = 4000;

/** The row's line. The status comes first, because a narrow terminal cuts the end off. */
export function progressLine({ executionId, status, elapsed, limit, output }: ProgressFacts): string {
  const time = elapsed === undefined ? "" : ` ${shortDuration(Math.floor(elapsed))}`;
  const of = elapsed === undefined || limit === undefined ? "" : ` of ${shortDuration(limit)}`;
  const line = output === undefined || output === "" ? "" : `: ${cut(output)}`;
  return `${status}${time}${of}${line} (run ${executionId})`;
}

function cut(output: string): string {
  const line = printable(output.slice(0, MOST_READ)).trim();
  return line.length <= LONGEST_OUTPUT ? line : `${line.slice(0, LONGEST_OUTPUT - 1)}…`;
}
