/**
 * How the commands for pipelines end. Other commands end with 2 when the command line is not valid; these do not, because drift has a code of
 * its own that nothing else may end with.
 */
export const ciExitCodes = { clean: 0, error: 1, drift: 2, locked: 3, stopped: 130 } as const;

/** What each code stands for; `docs/reference/ci.md` has the same table. */
export const ENDINGS: readonly { readonly code: number; readonly when: string }[] = [
  {
    code: ciExitCodes.clean,
    when: "Pulumi succeeded; after `apply`, every awaited run has succeeded; `drift` has found nothing",
  },
  {
    code: ciExitCodes.error,
    when: 'Pulumi failed; after `apply`, a run with `waitFor: "completed"` has not succeeded, or operations of a killed command are pending; or the command line is not valid',
  },
  { code: ciExitCodes.drift, when: "`drift` has found drift" },
  { code: ciExitCodes.locked, when: "another command has locked the stack, and `--lock-wait` is over" },
  { code: ciExitCodes.stopped, when: "SIGINT or SIGTERM stopped the command" },
];
