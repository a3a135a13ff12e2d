import type { Clocks, CustomTimeouts } from "./inputs";

/** The clocks (time limits) of a wait, by the names that errors use. */
export type ClockName = "queue" | "run" | "total";

/** Time limits of one wait in seconds, with the defaults. */
export type WaitClocks = Readonly<Record<ClockName, number>>;

const QUEUE_SECONDS = 20 * 60;
const RUN_SLACK_SECONDS = 120;
const DELETE_SLACK_SECONDS = 60;
/** The longest grace period of the API in seconds, for a run whose grace period is unknown. */
export const LONGEST_GRACE_SECONDS = 300;

/** The clocks of a wait. `customTimeouts` also limits the total: the shorter limit applies. */
export function waitClocks(
  inputs: { readonly timeout: number; readonly gracefulTimeout: number; readonly clocks: Clocks },
  customTimeout: number | undefined,
): WaitClocks {
  const queue = inputs.clocks.queue ?? QUEUE_SECONDS;
  const run = inputs.clocks.run ?? inputs.timeout + inputs.gracefulTimeout + RUN_SLACK_SECONDS;
  const total = Math.min(inputs.clocks.total ?? queue + run, customTimeout ?? Number.POSITIVE_INFINITY);
  return { queue, run, total };
}

/** The user's limit from the abort to the proven end, in seconds. Of two settings, the shorter limit applies. */
export function deleteClockSetting(clocks: Clocks, custom: CustomTimeouts): number | undefined {
  const settings = [clocks.delete, custom.delete].filter((value) => value !== undefined);
  return settings.length === 0 ? undefined : Math.min(...settings);
}

/**
 * The limit from the abort to the proven end, in seconds. Without a setting of the user, it is the grace period of the
 * start plus 60.
 */
export function deleteClock(recorded: {
  readonly deleteClock?: number;
  readonly gracefulTimeout?: number | undefined;
}): number {
  return recorded.deleteClock ?? (recorded.gracefulTimeout ?? LONGEST_GRACE_SECONDS) + DELETE_SLACK_SECONDS;
}

/**
 * The limit from the start to the first observation of `running`, in seconds. Without a setting of the user, it is the
 * default.
 */
export function queueClock(recorded: { readonly queueClock?: number }): number {
  return recorded.queueClock ?? QUEUE_SECONDS;
}

/** The clock that runs out first, and when (milliseconds since the epoch). */
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
