import type { StoredRun } from "./execution-store";

/** A Compose text without its secrets, and a function that hides the same secrets in the output of its run. */
export interface HiddenSecrets {
  readonly text: string;
  hide(line: string): string;
}

/** Finds the secrets of a Compose text. The emulator itself does not know what a secret looks like. */
export type HideSecrets = (composeText: string) => HiddenSecrets;

/** Hides nothing. */
export const hideNothing: HideSecrets = (text) => ({ text, hide: (line) => line });

const known = new WeakMap<StoredRun, HiddenSecrets>();

/**
 * Returns the text of a run without its secrets. The result is kept as long as the run, because its text never changes.
 */
export function hiddenIn(run: StoredRun, hideSecrets: HideSecrets): HiddenSecrets {
  const hidden = known.get(run) ?? hideSecrets(String(run.body.compose_file_code ?? ""));
  known.set(run, hidden);
  return hidden;
}
