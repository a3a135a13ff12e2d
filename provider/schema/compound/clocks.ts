import { mapIn, type ValueType } from "../value-types";

/** The time limits of a wait. The argument `clocks` and its documentation come from this table. */
export const CLOCKS = {
  queue: "From the start until `running` is observed. Default 1200.",
  run: "From `running` until the run ends. Default `timeout` + `gracefulTimeout` + 120.",
  total: "The whole wait. Default `queue` + `run`. The resource option `customTimeouts` bounds it too.",
  delete: "From the abort until Lyceum reports the end. Default: the grace period of the run + 60.",
} as const;

/** The names of the time limits. */
export const CLOCK_NAMES = Object.keys(CLOCKS) as (keyof typeof CLOCKS)[];

/**
 * Returns the type of a map that gives seconds for some of the names in `keys`. `parse` leaves out values that are not
 * numbers.
 */
function secondsMap<Key extends string>(
  typescript: string,
  keys: readonly Key[],
): ValueType<{ readonly [Name in Key]?: number }> {
  return {
    kind: "seconds",
    parse: (value) =>
      Object.fromEntries(Object.entries(mapIn(value)).filter(([, entry]) => typeof entry === "number")) as {
        readonly [Name in Key]?: number;
      },
    typescript,
    shape: { fields: typescript },
    words: `map of ${keys.map((key) => `\`${key}\``).join(", ")} to seconds`,
  };
}

/** The argument `clocks`. */
export const clocks = secondsMap("ComposeExecutionClocks", CLOCK_NAMES);
