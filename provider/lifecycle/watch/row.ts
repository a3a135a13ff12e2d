import { printable } from "../../display/printable";
import { shortDuration } from "../../display/wording";
import type { Clock, Report } from "./ports";

/** Shows the progress of a run on the row of its resource. */
export interface Progress {
  /**
   * Whether a person watches the terminal. If so, the rows show the time. Otherwise, each change of status prints a
   * line.
   */
  readonly showsTime: boolean;
  /** Shows the latest facts about a run. */
  tick(facts: ProgressFacts): void;
  /** Shows the last text of a wait. This text has no time, and stays on the row. */
  end(facts: ProgressFacts): void;
}

/** Shows no progress. */
export const noProgress: Progress = { showsTime: false, tick: () => undefined, end: () => undefined };

interface Row {
  line: string;
  status: string;
  shownAt: number;
}

/**
 * Returns a function that makes the `Progress` of a resource from its URN. All rows of a process together show about
 * one new time per second: the more rows there are, the less often each row shows a new time.
 */
export function createProgress(report: Report, clock: Clock, showsTime: boolean): (urn: string) => Progress {
  const rows = new Map<string, Row>();
  return (urn) => {
    const show = (status: string, line: string): void => {
      rows.set(urn, { line, status, shownAt: clock.now() });
      report.progress(urn, line);
    };
    return {
      showsTime,
      tick(facts) {
        const row = rows.get(urn);
        const line = progressLine(showsTime ? facts : withoutTime(facts));
        // A change of status is shown at once. A new time is shown less often if there are many rows.
        const isDue =
          row?.status !== facts.status || (line !== row.line && clock.now() - row.shownAt >= rows.size * 1000);
        if (isDue) show(facts.status, line);
      },
      end(facts) {
        const line = progressLine(withoutTime(facts));
        if (rows.get(urn)?.line !== line) show(facts.status, line);
        rows.delete(urn);
      },
    };
  };
}

function withoutTime({ executionId, status, attempt, isSimulated }: ProgressFacts): ProgressFacts {
  return { executionId, status, attempt, isSimulated };
}

/** The facts about a run that the row of its resource shows during a wait. */
export interface ProgressFacts {
  readonly executionId: string;
  readonly status: string;
  /** The number of this attempt, if `retries` started the run: "attempt 2 of 3". Absent for the first attempt. */
  readonly attempt?: string | undefined;
  /** Whether the run is in an emulator that runs no containers. */
  readonly isSimulated?: boolean | undefined;
  /**
   * Seconds since the run began, or since the wait began if the run is not running. Absent if the row shows no time.
   */
  readonly elapsed?: number | undefined;
  /** Seconds after which Lyceum ends the run. Only a running run has this limit. */
  readonly limit?: number | undefined;
  /** The latest line of output of the run, if the program asks for output. */
  readonly output?: string | undefined;
}

/** Maximum number of characters of an output line on the row, so that the row has space for the run's id. */
const LONGEST_OUTPUT = 60;
/** Maximum number of characters of an output line before escape sequences are removed. */
const MOST_READ = 4000;

/** Returns the text of the row. The status comes first, because a narrow terminal cuts off the end. */
export function progressLine({
  executionId,
  status,
  attempt,
  isSimulated,
  elapsed,
  limit,
  output,
}: ProgressFacts): string {
  const time = elapsed === undefined ? "" : ` ${shortDuration(Math.floor(elapsed))}`;
  const of = elapsed === undefined || limit === undefined ? "" : ` of ${shortDuration(limit)}`;
  const line = output === undefined || output === "" ? "" : `: ${cut(output)}`;
  const which = attempt === undefined ? "" : `${attempt}, `;
  return `${status}${time}${of}${line} (${which}${isSimulated === true ? "SIMULATED " : ""}run ${executionId})`;
}

function cut(output: string): string {
  const line = printable(output.slice(0, MOST_READ)).trim();
  return line.length <= LONGEST_OUTPUT ? line : `${line.slice(0, LONGEST_OUTPUT - 1)}…`;
}
