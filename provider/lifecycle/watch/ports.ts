/** The clock of the lifecycle. Times are milliseconds since the epoch, and durations are seconds. */
export interface Clock {
  now(): number;
  /** Resolves after `seconds`, or at once when the signal fires. Never rejects. */
  sleep(seconds: number, signal?: AbortSignal): Promise<void>;
}

/**
 * Shows messages about the resource with the URN `urn`, on the row of this resource in Pulumi's display. With an empty
 * URN, shows them on the row of the stack. The functions must not throw, and must not block the lifecycle.
 */
export interface Report {
  /** Shows a temporary text in the resource's row of Pulumi's display, in the column Info. */
  progress(urn: string, message: string): void;
  /** Prints a lasting line on the row, such as the reason for a change. */
  notice(urn: string, message: string): void;
  /** Prints a warning on the row of the resource. Unlike the text of `progress`, the warning stays. */
  warning(urn: string, message: string): void;
}

/** Shows the messages of one operation on the row of its resource. */
export type RowReport = Readonly<Record<keyof Report, (message: string) => void>>;

/** Returns the report for the row of the resource with the URN `urn`. */
export function reportOn(urn: string, report: Report): RowReport {
  return {
    progress: (message) => report.progress(urn, message),
    notice: (message) => report.notice(urn, message),
    warning: (message) => report.warning(urn, message),
  };
}

/** Shows whether the engine that started this provider is alive. Without an engine, the provider starts no runs. */
export interface EngineLiveness {
  isAlive(): Promise<boolean>;
}
