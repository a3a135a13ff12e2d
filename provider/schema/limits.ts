/** Bounds of Lyceum's API, for the arguments and for what asks the service. */
export const API_LIMITS = {
  /** The longest time after which Lyceum ends a run. Seconds. */
  timeout: 600,
  /** The longest time between the stop signal and the kill. Seconds. */
  gracefulTimeout: 300,
  /** Lines in the longest log that it returns. */
  logLines: 10_000,
  /** Runs in the largest page of the history. */
  historyPage: 100,
} as const;

/** Runs of the history that one question reads at most: twenty pages. */
export const MOST_LISTED = 20 * API_LIMITS.historyPage;
