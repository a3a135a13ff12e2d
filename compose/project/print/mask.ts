import { canonicalCompose } from "../../canonical/canonical";
import { isSecretLeaf, SECRET_MARK } from "../../canonical/explain";
import { type ComposePath, formatPath } from "../../diagnostics/position";
import { escapeDollars, unescapeDollars } from "../../model/interpolation";
import { type ComposeMapping, type ComposeValue, isMapping, isSequence, mappingFrom } from "../../model/model";
import { secretContextOf } from "../../model/secret-context";
import { argumentsBefore, type FoundSecret, type SecretRules } from "../../model/secret-rules";
import { UNKNOWN_MARKER } from "../../yaml/text";

/** A canonical model whose secret values a caller can replace. */
export interface Redactable {
  redacted(replace: (value: string) => string): ComposeMapping;
}

/** A canonical model that may be shown and stored. */
export interface MaskedModel {
  /**
   * The model. A secret value is replaced by `(secret)` and a digest. A value that is not known yet is replaced by the
   * marker for such values.
   */
  readonly model: ComposeMapping;
  /** The secret values, in the form in which a container receives them. */
  readonly secrets: readonly string[];
}

/**
 * Returns a digest of a secret, which shows only whether the secret at this path is still the same. The path is part of
 * the digest, so that equal secrets at two paths have different digests. Returns `undefined` if there is no key for
 * digests yet.
 */
type LeafDigest = (path: string, value: string) => string | undefined;

/**
 * Matches the placeholder of a secret. A numbered placeholder replaces each secret while the model is brought into its
 * canonical form.
 */
// biome-ignore lint/suspicious/noControlCharactersInRegex: what no text of YAML can hold raw
const STAND_IN = /\u0000([0-9]+)\u0000/g;

/** The texts that are masked in addition to the values that are marked as secret. */
export interface MaskOptions {
  /** Further secret values. A text that contains such a value is masked too. */
  readonly known?: readonly string[];
  /**
   * The rules that decide which texts are secrets. The option is required: if a caller could forget it, all secrets
   * would be shown.
   */
  readonly secretRules: SecretRules;
}

/**
 * Returns the canonical model of a bundle, with a mask in place of every value that contains a secret or looks like a
 * secret.
 */
export function mask(bundle: Redactable, digest: LeafDigest, { known = [], secretRules }: MaskOptions): MaskedModel {
  // Both spellings of a value are searched for: with single dollar signs, as in base64, and with doubled dollar signs.
  const given = secretRules.setOf(known.flatMap((value) => [value, escapeDollars(value)]));
  const values: string[] = [];
  const secrets = new Set<string>();
  const marked = bundle.redacted((value) => `\u0000${values.push(value) - 1}\u0000`);

  const all = secretContextOf(marked);
  const find = remembering(secretRules);

  const hide = (value: string, path: ComposePath): string => {
    if (value.includes(UNKNOWN_MARKER)) return UNKNOWN_MARKER;
    // The secrets in the content of a file are already known to the caller.
    const found = isContent(path)
      ? []
      : secretRules.knownValuesIn(unescapeDollars(value), { key: keyOf(path), ...all });
    for (const secret of found) secrets.add(secret);
    return secretLeaf(value, path, digest);
  };

  const text = (value: string, path: ComposePath, before?: string): string => {
    if (value.includes("\u0000")) {
      const shown = value.replace(STAND_IN, (_all, index: string) => hide(values[Number(index)] ?? "", path));
      return shown.includes(UNKNOWN_MARKER) ? UNKNOWN_MARKER : shown;
    }
    if (value.includes(UNKNOWN_MARKER)) return UNKNOWN_MARKER;
    const isKnown = given.find(value).length > 0;
    const found = find(value, { key: keyOf(path), before, isShown: true, ...all });
    for (const secret of surely(found)) secrets.add(secret);
    return isKnown || found.length > 0 ? secretLeaf(value, path, digest) : value;
  };
  const key = (name: string, path: ComposePath): string => {
    if (name.includes("\u0000")) return text(name, path);
    const found = surely(secretsInKey(name, secretRules));
    for (const secret of found) secrets.add(secret);
    return found.length > 0 ? secretLeaf(name, path, digest) : name;
  };
  return { model: withTexts(marked, text, key), secrets: [...secrets] };
}

/**
 * A text of at least this many characters is searched only once for each key. Aliases may repeat such a text many times
 * in a document.
 */
const LONG = 1000;

/**
 * Returns a function that finds secrets, and remembers the findings in long texts. `before` has the words of a command
 * before the text. It is ignored for a long text, because an argument of a command is never so long.
 */
function remembering({ secretsIn }: Pick<SecretRules, "secretsIn">): SecretRules["secretsIn"] {
  const known = new Map<string, Map<string, readonly FoundSecret[]>>();
  return (text, { before, ...place } = {}) => {
    if (text.length < LONG) return secretsIn(text, { ...place, before });
    const byKey = known.get(text) ?? new Map<string, readonly FoundSecret[]>();
    known.set(text, byKey);
    const found = byKey.get(place.key ?? "") ?? secretsIn(text, place);
    byKey.set(place.key ?? "", found);
    return found;
  };
}

/**
 * Returns the values of the findings that are certainly secrets, in the form in which a container receives them. Random
 * and ordinary words are left out, because the provider searches output for the returned values, and logs contain many
 * such words.
 */
function surely(found: readonly FoundSecret[]): string[] {
  return found
    .filter(({ certainty }) => certainty === "form" || certainty === "named")
    .map(({ value }) => unescapeDollars(value));
}

/**
 * Masks a recorded model by the rules of this version. Without this step, a value that only the new rules mask would
 * look changed. Values that are already masked stay unchanged.
 *
 * @param other the model with which the recorded model is compared; a secret in `other` is also a secret in the
 * recorded model
 */
export function maskRecorded(
  model: ComposeMapping,
  digest: LeafDigest,
  { other = {}, secretRules }: { readonly other?: ComposeMapping; readonly secretRules: SecretRules },
): ComposeMapping {
  const all = secretContextOf(model);
  const find = remembering(secretRules);
  const text = (value: string, path: ComposePath, before?: string): string => {
    if (isSecretLeaf(value) || value.includes(UNKNOWN_MARKER) || value === ABSENT) return value;
    const found = find(value, { key: keyOf(path), before, isShown: true, ...all });
    const isSecret = found.length > 0 || isSecretLeaf(at(other, path));
    return isSecret ? secretLeaf(value, path, digest) : value;
  };
  const key = (name: string, path: ComposePath): string => {
    const isSecret = !isSecretLeaf(name) && surely(secretsInKey(name, secretRules)).length > 0;
    return isSecret ? secretLeaf(name, path, digest) : name;
  };
  return withTexts(model, text, key);
}

/**
 * The shortest key that is searched, in characters. A shorter key cannot be a secret by its form, and all models have
 * many short keys.
 */
const SHORTEST_KEY = 8;

/**
 * Returns the secrets in a key. A key may contain a secret in two cases: it was an item without `=` in a list, or the
 * author has put a value at the wrong position.
 */
function secretsInKey(name: string, { secretsIn }: Pick<SecretRules, "secretsIn">): readonly FoundSecret[] {
  return name.length < SHORTEST_KEY ? [] : secretsIn(name);
}

function at(model: ComposeMapping, path: ComposePath): ComposeValue | undefined {
  return path.reduce<ComposeValue | undefined>((value, step) => {
    if (isSequence(value)) return value[Number(step)];
    return isMapping(value) && Object.hasOwn(value, step) ? value[step] : undefined;
  }, model);
}

function isContent([section, _name, key]: ComposePath): boolean {
  return section === "configs" && key === "content";
}

/**
 * The text that replaces null, the value of a name without a value. The engine may drop a null, and the model would
 * then look changed.
 */
const ABSENT = "(null)";

/** Returns a model with all texts and keys changed. */
function withTexts(
  model: ComposeMapping,
  text: (value: string, path: ComposePath, before?: string) => string,
  keyText: (name: string, path: ComposePath) => string,
): ComposeMapping {
  const walk = (value: ComposeValue, path: ComposePath, before?: string): ComposeValue => {
    if (typeof value === "string") return text(value, path, before);
    if (value === null) return ABSENT;
    if (isSequence(value)) {
      return value.map((item, index) => walk(item, [...path, index], argumentsBefore(value, index)));
    }
    if (!isMapping(value)) return value;
    return mappingFrom(
      Object.entries(value).map(([key, entry]) => {
        const name = keyText(key, path);
        return [name, walk(entry, [...path, name])] as const;
      }),
    );
  };
  return walk(model, []) as ComposeMapping;
}

function keyOf(path: ComposePath): string | undefined {
  return path.filter((step) => typeof step === "string").at(-1);
}

/**
 * Returns the text that replaces a secret: the mark, followed by a digest if there is a key for digests. The digest
 * does not depend on the index of a list's item, so it stays the same when the item moves.
 */
function secretLeaf(value: string, path: ComposePath, digest: LeafDigest): string {
  const made = digest(formatPath(path.filter((step) => typeof step === "string")), value);
  return made === undefined ? SECRET_MARK : `${SECRET_MARK} ${made}`;
}

/**
 * Returns a masked model without the digests of its secrets. Models that were masked with different keys can then be
 * compared.
 */
export function withoutDigests(model: ComposeMapping): ComposeMapping {
  const walk = (value: ComposeValue): ComposeValue => {
    if (isSecretLeaf(value)) return SECRET_MARK;
    if (isSequence(value)) return value.map(walk);
    if (!isMapping(value)) return value;
    const entries = Object.entries(value).map(([key, entry]) => [key, walk(entry)] as const);
    // Masked keys contain digests too, and the digests decide the order of the keys. So masked keys are sorted by their
    // values and numbered.
    const hidden = entries.filter(([key]) => isSecretLeaf(key)).map(([, entry]) => entry);
    const sorted = hidden.sort((one, other) => (JSON.stringify(one) < JSON.stringify(other) ? -1 : 1));
    return mappingFrom([
      ...entries.filter(([key]) => !isSecretLeaf(key)),
      ...sorted.map((entry, index) => [`${SECRET_MARK} ${index + 1}`, entry] as const),
    ]);
  };
  return canonicalCompose(walk(model) as ComposeMapping);
}
