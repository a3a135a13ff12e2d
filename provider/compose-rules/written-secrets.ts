import { type LineIndex, LONGEST_SHOWN_KEY, secretNamesOf, type WrittenText, writtenTexts } from "../../compose";
import {
  createSecretSet,
  isSecretLine as isSecretLineOfText,
  REDACTED,
  type SecretFinding,
  type SecretSet,
  secretsIn,
} from "../secrets";

/** What a text in a Compose document reveals about secrets. */
interface Written {
  /** Values that no message may contain. */
  readonly values: readonly string[];
  /**
   * Values that are secret by their form or name, as a container receives them. The provider searches the output of a
   * run for them.
   */
  readonly certain: readonly string[];
  /**
   * Words that messages must not show, although the document uses them as names. Their text reveals that they are
   * secret.
   */
  readonly unnamed: ReadonlySet<string>;
  /** Numbers of the lines that contain a part of a secret, counted from 1. */
  readonly lines: ReadonlySet<number>;
}

/** Results by the lines of a text. They are kept as long as the text is in use. */
const known = new WeakMap<LineIndex, Written>();

/**
 * Whether a line of a Compose document must not be shown. Such a line contains a known secret, a part of one, or a part
 * of a text in which the detector finds a secret. The detector reads the decoded text, because escapes and line breaks
 * can hide a secret in the written line.
 */
export function isSecretLine(lines: LineIndex, line: number, secrets?: SecretSet): boolean {
  return isSecretLineOfText(lines, line, secrets) || writtenIn(lines).lines.has(line);
}

/** The secrets that a document reveals by their form or name, as a container receives them. */
export function certainSecrets(lines: LineIndex | undefined): readonly string[] {
  return lines === undefined ? [] : writtenIn(lines).certain;
}

/**
 * The secrets that no message about these documents may show: the known values, and the values that the documents
 * reveal.
 *
 * @param names the names in the documents; messages show them, unless a name is a secret itself
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
  let withoutCut: ReturnType<typeof cutSecrets> | undefined;
  return {
    ...secrets,
    redact(text) {
      if (!text.includes("…")) return secrets.redact(text);
      withoutCut ??= cutSecrets(written);
      return secrets.redact(withoutCut(text));
    },
  };
}

/**
 * So many characters of a secret, or half of it, identify the secret. Fewer characters are the beginning of many words.
 */
const TELLING_PART = 8;
const SHORTEST_PART = 4;

/**
 * Masks the beginning of a secret before an ellipsis. A message cuts a long name, and an ordinary search does not find
 * half a secret. The time does not grow with the number of secrets.
 */
function cutSecrets(values: readonly string[]): (text: string) => string {
  const parts = new Set<string>();
  for (const value of values.flatMap((each) => [each, JSON.stringify(each).slice(1, -1)])) {
    const least = Math.max(SHORTEST_PART, Math.min(TELLING_PART, Math.ceil(value.length / 2)));
    const most = Math.min(value.length, LONGEST_SHOWN_KEY);
    for (let length = least; length <= most; length += 1) parts.add(value.slice(0, length));
  }
  const withoutEnd = (text: string): string => {
    for (let length = Math.min(text.length, LONGEST_SHOWN_KEY); length >= SHORTEST_PART; length -= 1)
      if (parts.has(text.slice(-length))) return text.slice(0, -length) + REDACTED;
    return text;
  };
  return (text) => {
    const pieces = text.split("…");
    const last = pieces.pop() ?? "";
    return [...pieces.map(withoutEnd), last].join("…");
  };
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
    values.push(...found.flatMap(({ value }) => [value, ...splitParts(value)]));
    const sure = found.filter(isCertain).flatMap(({ value }) => [value, ...splitParts(value)]);
    certain.push(...sure.map((value) => value.replaceAll("$$", "$")));
    for (const word of secretsByItself(written, found, { services, names })) unnamed.add(word);
    const last = lines.position(Math.max(span.start, span.end - 1)).line;
    for (let line = lines.position(span.start).line; line <= last; line += 1) secretLines.add(line);
  }
  const all = { values: [...new Set(values)], certain: [...new Set(certain)], unnamed, lines: secretLines };
  known.set(lines, all);
  return all;
}

/**
 * The secrets in a text, found without its key. If such a text is used as a name, messages would show its secrets. A
 * key that only looks random stays a name.
 */
function secretsByItself(
  { text, key }: WrittenText,
  found: readonly SecretFinding[],
  all: { readonly services: ReadonlySet<string>; readonly names: ReadonlySet<string> },
): string[] {
  const byItself = key === undefined ? found : secretsIn(text, all);
  return byItself
    .filter((finding) => isCertain(finding) || key !== undefined)
    .flatMap(({ value }) => [value, text, ...splitParts(value), ...(value.match(/[\w.-]+/g) ?? [])]);
}

/** The parts of a secret between colons: a short form, such as that of a volume, splits it there. */
function splitParts(value: string): string[] {
  return value.includes(":") ? value.split(":").filter((part) => part.length >= TELLING_PART && /\d/.test(part)) : [];
}

function isCertain({ certainty }: SecretFinding): boolean {
  return certainty !== "random";
}
