import type { StoredRun } from "./execution-store";
import { labelOf } from "./label";
import { maskOf } from "./registry-password";

/** A Compose text without its secrets, and a function that hides the same secrets in a line of output. */
export interface HiddenSecrets {
  readonly text: string;
  hide(line: string): string;
}

/** Finds the secrets of a Compose text. The emulator has no rules for secrets, so its caller passes this function. */
export type HideSecrets = (composeText: string) => HiddenSecrets;

/** Hides nothing. */
export const hideNothing: HideSecrets = (text) => ({ text, hide: (line) => line });

const known = new WeakMap<StoredRun, HiddenSecrets>();

/**
 * Returns the text of a run without its secrets and without the registry password of its start. Later calls return the
 * stored result, because the text of a run never changes.
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
 * The longest Compose text, in characters, in which {@link hiddenName} searches for secrets. The limit is low, because
 * the page lists a hundred names, and the emulator does nothing else during the search.
 */
const LONGEST_TEXT = 4 * 1024;

const names = new WeakMap<StoredRun, string>();

/**
 * Returns the name of a run without anything that looks like a secret. The secrets of the run's Compose text are hidden
 * too, if the text has at most {@link LONGEST_TEXT} characters.
 */
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
  // The start key is not searched for secrets, because a random text looks like a secret.
  const label = labelOf(name);
  return name.slice(0, name.length - label.length) + hideSecrets(label).text;
}
