/**
 * Exit codes of the commands for pipelines. Unlike other commands, these do not end with 2 if the command line is not
 * valid, because 2 means drift.
 */
export const CI_EXIT_CODES = { clean: 0, error: 1, drift: 2, locked: 3, beyondReview: 4, stopped: 130 } as const;
