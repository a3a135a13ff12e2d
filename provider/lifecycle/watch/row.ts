import { printable } from "../../display/printable";
import { shortDuration } from "../../display/wording";
import type { Clock, Report } from "./ports";

/** Shows on the rows how the runs of a process come along. With many runs, about one row has its time updated in a second. */
export interface Progress {
  /** Whether a person watches, so that lines with a time are renewed. Otherwise there is a line for each change of status. */
  readonly showsTime: boolean;
  /** What a tick has shown of a run. */
  tick(urn: string, facts: ProgressFacts): void;
  /** The last line of a wait: the status alone, which stays on the row. It is always shown. */
  end(urn: string, facts: ProgressFacts): void;
}

/** Shows nothing. */
export const noProgress: Progress = { showsTime: false, tick: () => undefined, end: () => undefined };

interface Row {
  line: string;
  status: string;
  shownAt: number;
}

/** Makes what shows the progress of one process. */
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
      // A change of status is shown at once, and a time is renewed the more rarely, the more rows there are.
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

/** What a row shows of a run that is waited for. */
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

/** So much of a line of output is shown: the id behind it should still fit into a wide row. */
const LONGEST_OUTPUT = 60;
/** So much of a line is read: escape sequences take most of some. */
const MOST_READ = 4000;

/** The row's line, the state first: a narrow terminal cuts the end off. */
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
