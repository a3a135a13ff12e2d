import type { StoredRun } from "./execution-store";
import { labelOf } from "./label";
import { maskOf } from "./registry-password";

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
 * Returns the text of a run without its secrets and without the registry password of its start. The result is kept as
 * long as the run, because its text never changes.
 */
export function hiddenIn(run: StoredRun, hideSecrets: HideSecrets): HiddenSecrets {
  const hidden = known.get(run) ?? hide(run, hideSecrets);
  known.set(run, hidden);
  return hidden;
}

function hide({ body }: StoredRun, hideSecrets: HideSecrets): HiddenSecrets {
  const mask = maskOf(body);
  const found = hideSecrets(String(body.compose_file_code ?? ""));
  return { text: mask(found.text), hide: (line) => mask(found.hide(line)) };
}

/**
 * The longest text whose secrets are hidden in the name of a run, in characters. The list of the page has a hundred
 * names, and the emulator does nothing else while it searches.
 */
const LONGEST_TEXT = 4 * 1024;

const names = new WeakMap<StoredRun, string>();

/** Returns the name of a run without secrets: those of its own text, and what looks like a secret by itself. */
export function hiddenName(run: StoredRun, hideSecrets: HideSecrets): string | null {
  const { fileName } = run.execution;
  if (fileName === null) return null;
  const name = names.get(run) ?? hideName(fileName, run, hideSecrets);
  names.set(run, name);
  return name;
}

function hideName(fileName: string, run: StoredRun, hideSecrets: HideSecrets): string {
  const isShort = String(run.body.compose_file_code ?? "").length <= LONGEST_TEXT;
  const name = isShort ? hiddenIn(run, hideSecrets).hide(fileName) : maskOf(run.body)(fileName);
  // A start key is random, so it would look like a secret.
  const label = labelOf(name);
  return name.slice(0, name.length - label.length) + hideSecrets(label).text;
}
