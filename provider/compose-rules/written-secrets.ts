import { type LineIndex, LONGEST_SHOWN_KEY, secretNamesOf, type WrittenText, writtenTexts } from "../../compose";
import {
  createSecretSet,
  isSecretLine as isSecretLineOfText,
  REDACTED,
  type SecretFinding,
  type SecretSet,
  secretsIn,
} from "../secrets";

/** What a text of a document gives away. */
interface Written {
  /** Values that no message may contain. */
  readonly values: readonly string[];
  /** Values that are secret by their form or name, as a container gets them. The output of a run is searched for them. */
  readonly certain: readonly string[];
  /** Words that are no names, because a text that is used as a name gives away that they are secret. */
  readonly unnamed: ReadonlySet<string>;
  /** Lines with a part of a text with a secret, counted from 1. */
  readonly lines: ReadonlySet<number>;
}

/** Results for the lines of a text. They are kept as long as the text is in use. */
const known = new WeakMap<LineIndex, Written>();

/**
 * Whether a line of a compose document must not be shown. It contains a known secret or a part of one, as the line is
 * written, or a text of the document in which the detector finds one: escapes and line breaks hide a part of it.
 */
export function isSecretLine(lines: LineIndex, line: number, secrets?: SecretSet): boolean {
  return isSecretLineOfText(lines, line, secrets) || writtenIn(lines).lines.has(line);
}

/** The secrets that a text of a document gives away by their form or name, as a container gets them. */
export function certainSecrets(lines: LineIndex | undefined): readonly string[] {
  return lines === undefined ? [] : writtenIn(lines).certain;
}

/**
 * The secrets that no message about some documents may show: the values that are known, and those that the documents
 * give away.
 *
 * @param names the names in the documents, which stay, unless they give away a secret by themselves
 */
export function documentSecrets(
  documents: Iterable<LineIndex | undefined>,
  values: readonly string[],
  names: () => ReadonlySet<string>,
): SecretSet {
  const found = [...new Set(documents)].flatMap((lines) => (lines === undefined ? [] : [writtenIn(lines)]));
  const written = found.flatMap((one) => one.values);
  const secrets = createSecretSet([...values, ...written], () => {
    const shown = new Set(names());
    for (const { unnamed } of found) for (const word of unnamed) shown.delete(word);
    return shown;
  });
  return { ...secrets, redact: (text) => secrets.redact(withoutCutSecrets(text, written)) };
}

/** Shortest part of a secret that is searched for. */
const SHORTEST_PART = 4;

/** A message cuts a long name. Half of a secret is not found, so a part of one in front of the ellipsis is masked. */
function withoutCutSecrets(text: string, values: readonly string[]): string {
  const pieces = text.split("…");
  const last = pieces.pop() ?? "";
  const spellings = values.flatMap((value) => [value, JSON.stringify(value).slice(1, -1)]);
  return [...pieces.map((piece) => withoutEnd(piece, spellings)), last].join("…");
}

function withoutEnd(text: string, values: readonly string[]): string {
  for (const value of values) {
    const longest = Math.min(value.length, text.length, LONGEST_SHOWN_KEY);
    for (let length = longest; length >= SHORTEST_PART; length -= 1) {
      if (text.endsWith(value.slice(0, length))) return text.slice(0, -length) + REDACTED;
    }
  }
  return text;
}

function writtenIn(lines: LineIndex): Written {
  const before = known.get(lines);
  if (before !== undefined) return before;
  const values: string[] = [];
  const certain: string[] = [];
  const unnamed = new Set<string>();
  const secretLines = new Set<number>();
  const { texts, services } = writtenTexts(lines.text);
  const names = new Set([...secretNamesOf(texts), ...services]);
  for (const written of texts) {
    const { text, span, key, before: items } = written;
    const all = secretsIn(text, { key, before: items, services, names, isShown: true });
    if (all.length === 0) continue;
    const found = all.filter(({ certainty }) => certainty !== "ordinary");
    values.push(...found.map(({ value }) => value));
    certain.push(...found.filter(isCertain).map(({ value }) => value.replaceAll("$$", "$")));
    for (const word of secretsByItself(written, found, { services, names })) unnamed.add(word);
    const last = lines.position(Math.max(span.start, span.end - 1)).line;
    for (let line = lines.position(span.start).line; line <= last; line += 1) secretLines.add(line);
  }
  const all = { values: [...new Set(values)], certain: [...new Set(certain)], unnamed, lines: secretLines };
  known.set(lines, all);
  return all;
}

/**
 * The words of the secrets that a text shows without its key: as the name of something, it shows them, too. A key that
 * only looks random stays a name.
 */
function secretsByItself(
  { text, key }: WrittenText,
  found: readonly SecretFinding[],
  all: { readonly services: ReadonlySet<string>; readonly names: ReadonlySet<string> },
): string[] {
  const byItself = key === undefined ? found : secretsIn(text, all);
  return byItself
    .filter((finding) => isCertain(finding) || key !== undefined)
    .flatMap(({ value }) => [value, text, ...(value.match(/[\w.-]+/g) ?? [])]);
}

function isCertain({ certainty }: SecretFinding): boolean {
  return certainty !== "random";
}
