/**
 * Exit codes of the commands for pipelines. Other commands end with 2 when the command line is not valid. These do not,
 * because 2 is reserved for drift.
 */
export const CI_EXIT_CODES = { clean: 0, error: 1, drift: 2, locked: 3, stopped: 130 } as const;
