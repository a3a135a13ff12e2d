/** Deadlines of a wait, and what each is: the row of `clocks`, its rule, its documentation and the lifecycle's clocks follow from it. */
export const CLOCKS = {
  queue: "From the start until `running` is observed. Default 1200.",
  run: "From `running` until the run ends. Default `timeout` + `gracefulTimeout` + 120.",
  total: "The whole wait. Default `queue` + `run`; the resource option `customTimeouts` bounds it too.",
  delete: "From the abort until Lyceum reports the end. Default: the grace period of the run + 60.",
} as const;

/** Names of the deadlines. */
export const CLOCK_NAMES = Object.keys(CLOCKS) as (keyof typeof CLOCKS)[];
