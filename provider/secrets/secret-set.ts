import { shapesInView } from "./find-shapes";
import { REDACTED, type TextSpan, withMarks } from "./mark";
import { piecesOf, shortestSecret, wordsOf } from "./pieces";
import { viewsOf } from "./views";
import { spanIn } from "./views/view";
import { WordIndex } from "./word-index";

/** Takes secrets out of a text. Idempotent; keeps every line break; never throws. */
export type Redactor = (text: string) => string;

/**
 * The secrets that are known, and every shape that is secret by itself. They are found as they are, and in any of the spellings that
 * `viewsOf` takes off: escapes of JSON and shells, percent and HTML encoding, base64 and hexadecimal digits, also broken
 * over lines or with control characters in between. `docs/guides/compose.md` lists what is not found.
 */
export interface SecretSet {
  /** A text without its secrets. Redact first, then cut: half of a secret is not found. */
  readonly redact: Redactor;
  /** Whether a text holds a known secret, in whichever spelling; shapes do not count. */
  holds(text: string): boolean;
}

/** Makes the set of some secret values. What is longer than a line is known by its lines, too; see `piecesOf`. */
export function createSecretSet(values: readonly string[]): SecretSet {
  const trimmed = values.map((value) => value.trim());
  const tooShort = new Set(trimmed.filter((value) => value !== "" && value.length < shortestSecret));
  let index: WordIndex | undefined;
  /** Made late: most sets are never asked. */
  const words = (): WordIndex => {
    index ??= new WordIndex(values.flatMap(piecesOf).flatMap(wordsOf));
    return index;
  };

  function spansIn(text: string): TextSpan[] {
    const spans = wholeLines(text, tooShort);
    for (const found of viewsOf(text)) {
      words().search(found.view.units, (start, end) => spans.push(spanIn(found.view, start, end)));
      spans.push(...shapesInView(found, text));
    }
    return spans;
  }

  return {
    redact: (text) => (text === REDACTED ? text : withMarks(text, spansIn(text))),
    holds(text) {
      if (words().isEmpty) return false;
      for (const { view } of viewsOf(text)) {
        let found = false;
        words().search(view.units, () => {
          found = true;
        });
        if (found) return true;
      }
      return false;
    },
  };
}

/** Lines that are nothing but a secret too short to be searched for. */
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

/** Makes a redactor that knows some secrets. */
export function createRedactor(secrets: readonly string[]): Redactor {
  return createSecretSet(secrets).redact;
}

/** Redacts the messages of one stream as the one text that they are: a secret may be split over two of them. */
export function redactMessages(messages: readonly string[], redact: Redactor): string[] {
  const lines = redact(messages.join("\n")).split("\n");
  let done = 0;
  return messages.map((message) => {
    const count = message.split("\n").length;
    done += count;
    return lines.slice(done - count, done).join("\n");
  });
}
