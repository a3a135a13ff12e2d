import type { SecretPlace } from "../detector";

/** A secret in a text of the corpus. */
export interface ExpectedSecret {
  readonly start: number;
  readonly end: number;
  /**
   * The values that a program gets. A program may split a secret into several values, for example into a user and a
   * password from base64.
   */
  readonly values: readonly string[];
}

/** A text of the corpus with the secrets in it. An ordinary text has none. */
export interface CorpusCase {
  /** What the text is about: a web service, a name or a kind of file. */
  readonly name: string;
  readonly text: string;
  readonly place: SecretPlace;
  readonly secrets: readonly ExpectedSecret[];
}

/** The texts of one kind. Each kind is one row in the table of results. */
export interface CorpusKind {
  readonly kind: string;
  /**
   * When a secret counts as found. `part`: a finding contains the secret. `exact`: a finding is exactly the secret.
   * With `exact`, a longer finding does not count. The provider would search the output of a run for the longer text,
   * but a program prints only the secret.
   */
  readonly match: "part" | "exact";
  readonly cases: readonly CorpusCase[];
}

// Characters that mark a secret. No text of the corpus contains them, because they are for private use.
const [OPEN, NEXT, CLOSE] = ["\uE000", "\uE001", "\uE002"];
const MARKED = new RegExp(`${OPEN}([^${CLOSE}]*)${CLOSE}`, "g");

/**
 * Marks a secret in a text of the corpus.
 *
 * @param written the spelling of the secret in the text
 * @param values the values that a program gets, if these values differ from the spelling
 */
export function secret(written: string, ...values: readonly string[]): string {
  return `${OPEN}${[written, ...values].join(NEXT)}${CLOSE}`;
}

/** Makes a case from a text with marked secrets. */
export function caseOf(name: string, marked: string, place: SecretPlace = {}): CorpusCase {
  const secrets: ExpectedSecret[] = [];
  let text = "";
  let done = 0;
  for (const { 0: whole, 1: inside = "", index } of marked.matchAll(MARKED)) {
    const [written = "", ...values] = inside.split(NEXT);
    text += marked.slice(done, index);
    secrets.push({ start: text.length, end: text.length + written.length, values: [written, ...values] });
    text += written;
    done = index + whole.length;
  }
  return { name, text: text + marked.slice(done), place, secrets };
}

/** Makes a case without a secret. */
export function ordinary(name: string, text: string, place: SecretPlace = {}): CorpusCase {
  return { name, text, place, secrets: [] };
}
