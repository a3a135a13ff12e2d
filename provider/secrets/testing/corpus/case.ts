import type { SecretPlace } from "../detector";

/** A secret in a text of the corpus. */
export interface ExpectedSecret {
  readonly start: number;
  readonly end: number;
  /**
   * The values that a program gets. It gets several if it splits the secret, such as a user and a password in base64.
   */
  readonly values: readonly string[];
}

/** A text of the corpus with the secrets in it. An ordinary text has none. */
export interface CorpusCase {
  /** The entry of the corpus: a service, a name or a kind of file. */
  readonly name: string;
  readonly text: string;
  readonly place: SecretPlace;
  readonly secrets: readonly ExpectedSecret[];
}

/** The texts of one kind. They are one row of the table of results. */
export interface CorpusKind {
  readonly kind: string;
  /**
   * `part`: a secret counts as found if a finding contains it. `exact`: a finding must be exactly the secret, because a
   * longer value would not be found in the output of a program.
   */
  readonly match: "part" | "exact";
  readonly cases: readonly CorpusCase[];
}

// Characters for private use, because no text of the corpus contains them.
const [OPEN, NEXT, CLOSE] = ["\uE000", "\uE001", "\uE002"];
const MARKED = new RegExp(`${OPEN}([^${CLOSE}]*)${CLOSE}`, "g");

/**
 * Marks a secret in a text of the corpus.
 *
 * @param written the spelling in the text
 * @param values the values that a program gets, if they differ from the spelling
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
