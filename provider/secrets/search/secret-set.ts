import { decodedWords } from "../decoded-words";
import { formsIn } from "../forms/forms";
import { REDACTED, type TextSpan, withMarks } from "../mark";
import { piecesOf, SHORTEST_PIECE, spellingsOf } from "./pieces";
import { coverOf, type NameCover } from "./shown-names";
import { wordSearch } from "./word-search";

/** Redacts the secrets in a text. A second call changes nothing. Every line break stays. Never throws. */
export type Redactor = (text: string) => string;

/**
 * A set of known secrets. They are found in a text as they are, escaped as in JSON or an address, and in base64 of one
 * or more lines. `redact` also finds unknown secrets by their form, such as the token of a known service.
 * `docs/guides/compose.md` lists the spellings in which secrets are not found.
 */
export interface SecretSet {
  /** Returns a text without its secrets. Redact a text before you shorten it, because half a secret is not found. */
  readonly redact: Redactor;
  /** Returns the positions of the known secrets in a text. Finds the same spellings as `redact`. */
  find(text: string): readonly TextSpan[];
}

/**
 * Returns the names that are shown even if they contain a secret value. Called only after a secret was found, because
 * the function may have to read a whole Compose document.
 */
export type ShownNames = () => ReadonlySet<string>;

const noNames: ShownNames = () => new Set();

/**
 * Makes a set of secrets from their values. The parts of a value that `piecesOf` returns count as secrets too.
 *
 * @param names the names that stay readable, such as `postgres` for a service whose password is `postgres` too
 */
export function createSecretSet(values: readonly string[], names: ShownNames = noNames): SecretSet {
  const trimmed = values.map((value) => value.trim());
  const tooShort = new Set(trimmed.filter((value) => value !== "" && value.length < SHORTEST_PIECE));
  let search: ReturnType<typeof wordSearch> | undefined;
  let made: NameCover | undefined;
  function shown(): NameCover {
    made ??= coverOf(names());
    return made;
  }

  /** The search is prepared at the first call, because most sets never search a text. */
  function knownIn(text: string): TextSpan[] {
    search ??= wordSearch([...new Set(values.flatMap(piecesOf))].flatMap(spellingsOf));
    const spans: TextSpan[] = [];
    search(text, (start, end) => spans.push({ start, end }));
    return spans;
  }

  function hiddenIn(text: string): TextSpan[] {
    return knownIn(text).filter((span) => !shown().cover(text, span));
  }

  function hiddenLines(text: string): TextSpan[] {
    return wholeLines(text, tooShort).filter(({ start, end }) => !shown().has(text.slice(start, end)));
  }

  function spansIn(text: string): TextSpan[] {
    const decoded = decodedWords(text);
    const encoded = [...knownIn(decoded.text), ...formsIn(decoded.text)].map(decoded.spanOf);
    return [...hiddenLines(text), ...hiddenIn(text), ...formsIn(text), ...encoded];
  }

  return {
    redact: (text) => (text === REDACTED ? text : withMarks(text, spansIn(text))),
    find(text) {
      if (values.length === 0) return [];
      const decoded = decodedWords(text);
      return [...knownIn(text), ...knownIn(decoded.text).map(decoded.spanOf)];
    },
  };
}

/** Finds the lines that are equal to a secret. Used for secrets that are too short to search for inside a line. */
function wholeLines(text: string, secrets: ReadonlySet<string>): TextSpan[] {
  if (secrets.size === 0) return [];
  const spans: TextSpan[] = [];
  let start = 0;
  for (const line of text.split("\n")) {
    const word = line.trim();
    const from = start + line.indexOf(word);
    if (secrets.has(word)) spans.push({ start: from, end: from + word.length });
    start += line.length + 1;
  }
  return spans;
}

/** Makes a redactor for these secrets. It also redacts other secrets by their form, such as a GitHub token. */
export function createRedactor(secrets: readonly string[], names?: ShownNames): Redactor {
  return createSecretSet(secrets, names).redact;
}

/** Redacts the messages of one stream together as one text, because a secret may be split between two messages. */
export function redactMessages(messages: readonly string[], redact: Redactor): string[] {
  const lines = redact(messages.join("\n")).split("\n");
  let done = 0;
  return messages.map((message) => {
    const count = message.split("\n").length;
    done += count;
    return lines.slice(done - count, done).join("\n");
  });
}
