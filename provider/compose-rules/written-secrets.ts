import { type LineIndex, LONGEST_SHOWN_KEY, secretNamesOf, type WrittenText, writtenTexts } from "../../compose";
import {
  createSecretSet,
  isSecretLine as isSecretLineOfText,
  REDACTED,
  type SecretFinding,
  type SecretSet,
  secretsIn,
} from "../secrets";

/** The secrets in the text of a Compose document. */
interface Written {
  /** The values that no message may contain. */
  readonly values: readonly string[];
  /**
   * The values whose form or key shows that they are secret, with `$` for `$$`, as in a container. The provider masks
   * these values in the output of a run.
   */
  readonly certain: readonly string[];
  /** The names in the document that look like a secret. Messages show other names, but not these. */
  readonly unnamed: ReadonlySet<string>;
  /** The numbers of the lines with a part of a secret. Lines count from 1. */
  readonly lines: ReadonlySet<number>;
}

/** Caches the secrets of each text as long as the text is in use. */
const known = new WeakMap<LineIndex, Written>();

/**
 * Whether a line of a Compose document must not be shown, because it contains a part of a secret. Secrets are also
 * searched in the text without escapes and line breaks, because escapes and line breaks can hide a secret.
 */
export function isSecretLine(lines: LineIndex, line: number, secrets?: SecretSet): boolean {
  return isSecretLineOfText(lines, line, secrets) || writtenIn(lines).lines.has(line);
}

/**
 * Returns the values whose form or key in the document shows that they are secret. Each value has the spelling that a
 * container receives (`$` for `$$`).
 */
export function certainSecrets(lines: LineIndex | undefined): readonly string[] {
  return lines === undefined ? [] : writtenIn(lines).certain;
}

/**
 * Returns the secrets that no message about these documents may show: `values`, and the secrets in the documents.
 *
 * @param names the names of services and other parts of the documents. Messages show a name that is equal to a secret
 * value, unless the name itself looks like a secret
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
 * A part of a secret is masked if it has at least this number of characters, or if it is the first half of the secret.
 */
const TELLING_PART = 8;
/** A part with fewer characters is never masked, because it may be the beginning of an ordinary word. */
const SHORTEST_PART = 4;

/**
 * Returns a function that masks a cut secret: the beginning of a secret, and then `…`. Messages cut long names in this
 * way, and a search for the whole secret does not find its beginning.
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
 * Returns what messages must not show even as the name of a service or as a mapping key: the secrets that are
 * recognized without the `key` of `text`, their parts between colons, their words, and the whole `text`. For example,
 * in `DB_PASSWORD: hunter2-Leaks`, only the key shows that the value is secret. So messages still show a service
 * `hunter2-Leaks`. If `text` has no `key`, a secret that only looks random is left out.
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

/**
 * Returns the parts of a secret between its colons. A message could show a part alone, because Compose splits short
 * syntax such as `SOURCE:TARGET` at colons.
 */
function splitParts(value: string): string[] {
  return value.includes(":") ? value.split(":").filter((part) => part.length >= TELLING_PART && /\d/.test(part)) : [];
}

function isCertain({ certainty }: SecretFinding): boolean {
  return certainty !== "random";
}
