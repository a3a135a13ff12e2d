import type { Clocks, CustomTimeouts } from "./inputs";

/** The clocks (time limits) of a wait. Errors show these names. */
export type ClockName = "queue" | "run" | "total";

/** The time limits of one wait in seconds, with defaults. */
export type WaitClocks = Readonly<Record<ClockName, number>>;

const QUEUE_SECONDS = 20 * 60;
const RUN_SLACK_SECONDS = 120;
const DELETE_SLACK_SECONDS = 60;
/** The API's longest grace period in seconds, for runs whose grace period is unknown. */
export const LONGEST_GRACE_SECONDS = 300;

/**
 * Returns the clocks of a wait. The total clock is the shorter of `clocks.total` (by default the queue clock plus the
 * run clock) and `customTimeouts`.
 */
export function waitClocks(
  inputs: { readonly timeout: number; readonly gracefulTimeout: number; readonly clocks: Clocks },
  customTimeout: number | undefined,
): WaitClocks {
  const queue = inputs.clocks.queue ?? QUEUE_SECONDS;
  const run = inputs.clocks.run ?? inputs.timeout + inputs.gracefulTimeout + RUN_SLACK_SECONDS;
  const total = Math.min(inputs.clocks.total ?? queue + run, customTimeout ?? Number.POSITIVE_INFINITY);
  return { queue, run, total };
}

/**
 * Returns the user's limit for a deletion, from the abort to the proven end of the run, in seconds. If `clocks.delete`
 * and `customTimeouts` are both set, the shorter limit applies.
 */
export function deleteClockSetting(clocks: Clocks, custom: CustomTimeouts): number | undefined {
  const settings = [clocks.delete, custom.delete].filter((value) => value !== undefined);
  return settings.length === 0 ? undefined : Math.min(...settings);
}

/**
 * Returns the limit for a deletion, from the abort to the proven end of the run, in seconds. The default is the grace
 * period of the run plus 60 s.
 */
export function deleteClock(recorded: {
  readonly deleteClock?: number;
  readonly gracefulTimeout?: number | undefined;
}): number {
  return recorded.deleteClock ?? (recorded.gracefulTimeout ?? LONGEST_GRACE_SECONDS) + DELETE_SLACK_SECONDS;
}

/** Returns the limit from the beginning of a create or update to the first status `running`, in seconds. */
export function queueClock(recorded: { readonly queueClock?: number }): number {
  return recorded.queueClock ?? QUEUE_SECONDS;
}

/** Returns the clock that runs out first, and its end in milliseconds since the epoch. */
export function nextDeadline(
  clocks: WaitClocks,
  moments: { readonly begunAt: number; readonly runningSince?: number | undefined },
): { readonly clock: ClockName; readonly at: number } {
  const total = { clock: "total" as const, at: moments.begunAt + clocks.total * 1000 };
  const phase =
    moments.runningSince === undefined
      ? { clock: "queue" as const, at: moments.begunAt + clocks.queue * 1000 }
      : { clock: "run" as const, at: moments.runningSince + clocks.run * 1000 };
  return phase.at <= total.at ? phase : total;
}
