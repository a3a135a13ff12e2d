/**
 * How the commands for pipelines end. Other commands end with 2 when the command line is not valid; these do not, because drift has a code of
 * its own that nothing else may end with.
 */
export const CI_EXIT_CODES = { clean: 0, error: 1, drift: 2, locked: 3, stopped: 130 } as const;
