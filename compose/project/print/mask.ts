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
   * The model. `(secret)` and a digest replace a secret value. The marker for unknown values replaces a value that is
   * not known yet.
   */
  readonly model: ComposeMapping;
  /** The secret values, in the form in which a container receives them. */
  readonly secrets: readonly string[];
}

/**
 * Returns a digest that shows whether a secret `value` has changed. `path` is the path of the value without the indices
 * of lists. The digest depends on `path` too, so equal secrets at different paths have different digests. Returns
 * `undefined` if the key with which digests are made does not exist yet.
 */
type LeafDigest = (path: string, value: string) => string | undefined;

/** Matches the numbered placeholder that replaces a secret until the canonical form is made. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: a YAML text never contains this character unescaped
const STAND_IN = /\u0000([0-9]+)\u0000/g;

/** What is masked in addition to the values that are marked as secret. */
export interface MaskOptions {
  /** Further secret values. A text that contains one of them is masked too, like a text with a secret of the model. */
  readonly known?: readonly string[];
  /**
   * The rules that decide which texts are secrets. The option is required, because a caller that forgets it would show
   * all secrets.
   */
  readonly secretRules: SecretRules;
}

/** Returns the canonical model of a bundle. Every value that contains a secret or looks like a secret is masked. */
export function mask(bundle: Redactable, digest: LeafDigest, { known = [], secretRules }: MaskOptions): MaskedModel {
  const values: string[] = [];
  const secrets = new Set<string>();
  const marked = bundle.redacted((value) => `\u0000${values.push(value) - 1}\u0000`);

  const context = secretContextOf(marked);
  const find = remembering(secretRules);
  // The texts that replace a value. The second walk leaves them as they are.
  const leaves = new Set<string>([UNKNOWN_MARKER]);
  const leafOf = (value: string, path: ComposePath): string => {
    const leaf = secretLeaf(value, path, digest);
    leaves.add(leaf);
    return leaf;
  };

  const hide = (value: string, path: ComposePath): string => {
    if (value.includes(UNKNOWN_MARKER)) return UNKNOWN_MARKER;
    // The content of a config is not searched here, because it may be a whole file. The secrets in a file, in an env
    // file and in a secret variable are already in `Bundled.secrets`.
    const found = isContent(path)
      ? []
      : secretRules.knownValuesIn(unescapeDollars(value), { key: keyOf(path), ...context });
    for (const secret of found) secrets.add(secret);
    return leafOf(value, path);
  };

  const text = (value: string, path: ComposePath, before?: string): string => {
    if (value.includes("\u0000")) {
      const shown = value.replace(STAND_IN, (_all, index: string) => hide(values[Number(index)] ?? "", path));
      return shown.includes(UNKNOWN_MARKER) ? UNKNOWN_MARKER : shown;
    }
    if (value.includes(UNKNOWN_MARKER)) return UNKNOWN_MARKER;
    const found = find(value, { key: keyOf(path), before, isShown: true, ...context });
    for (const secret of surely(found)) secrets.add(secret);
    return found.length > 0 ? leafOf(value, path) : value;
  };
  const key = (name: string, path: ComposePath): string => {
    if (name.includes("\u0000")) return text(name, path);
    const found = surely(secretsInKey(name, secretRules));
    for (const secret of found) secrets.add(secret);
    return found.length > 0 ? leafOf(name, path) : name;
  };
  const shown = withTexts(marked, text, key);
  const contains = containing([...known, ...secrets], secretRules);
  // Another position may show that a text contains a secret.
  const hideKnown = (value: string, path: ComposePath) =>
    !leaves.has(value) && contains(value) ? leafOf(value, path) : value;
  return { model: withTexts(shown, hideKnown, (name) => name), secrets: [...secrets] };
}

/** Returns a function that says whether a text contains one of these secrets. */
function containing(secrets: readonly string[], { setOf }: Pick<SecretRules, "setOf">): (text: string) => boolean {
  // In a model, the dollar signs of a value are doubled, but not in a part that was encoded in base64 before. So both
  // spellings are searched.
  const spellings = secrets.flatMap((value) => [value, escapeDollars(value)]);
  const all = setOf([...new Set(spellings)].filter((value) => !value.includes(UNKNOWN_MARKER)));
  const results = new Map<string, boolean>();
  return (text) => {
    const result = results.get(text) ?? all.find(text).length > 0;
    results.set(text, result);
    return result;
  };
}

/**
 * Aliases may repeat a long text many times in a document. So a text of at least this length is searched for secrets
 * only once for each key of the document.
 */
const LONG = 1000;

/**
 * Returns a function that finds secrets, and caches the results for long texts. For a long text, the function ignores
 * `before`, the command arguments before the text, so that one result serves all places of the text. The arguments only
 * help to find a secret after an option such as `--password`, and such a secret is rarely long.
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
 * Returns the values of which a form or a name shows that they are secret. The caller of `mask` masks these values in
 * logs, so they have the dollar signs that a container receives (`$`, not `$$`). Values that only look random are left
 * out, because logs contain many such texts.
 */
function surely(found: readonly FoundSecret[]): string[] {
  return found
    .filter(({ certainty }) => certainty === "form" || certainty === "named")
    .map(({ value }) => unescapeDollars(value));
}

/**
 * Masks a recorded model by the rules of this version. An older version may have masked less, and without this
 * function, a value that only the new rules mask would look changed. Values that are already masked stay unchanged.
 *
 * @param other the model that is compared with the recorded model; a secret in `other` is also masked in the recorded
 * model
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
 * The shortest key that is searched for secrets, in characters. Most keys of a model are shorter and cannot be a
 * secret.
 */
const SHORTEST_KEY = 8;

/**
 * Returns the secrets in a key. A key may contain a secret if the author has put a value at the wrong position, or as
 * an item without `=` in a list: in the model, items of a list such as `environment` are keys.
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
 * The text that replaces null. A program that stores the model may drop a null, and the model would then look changed.
 */
const ABSENT = "(null)";

/** Changes all texts and keys of a model. */
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
 * Returns the text that replaces a secret: `(secret)`, followed by a digest if `digest` makes one. The path for the
 * digest has no indices of lists, so the digest stays the same if an item moves.
 */
function secretLeaf(value: string, path: ComposePath, digest: LeafDigest): string {
  const made = digest(formatPath(path.filter((step) => typeof step === "string")), value);
  return made === undefined ? SECRET_MARK : `${SECRET_MARK} ${made}`;
}

/**
 * Removes the digests from a masked model. Models can then be compared even if their digests were made with different
 * secret keys.
 */
export function withoutDigests(model: ComposeMapping): ComposeMapping {
  const walk = (value: ComposeValue): ComposeValue => {
    if (isSecretLeaf(value)) return SECRET_MARK;
    if (isSequence(value)) return value.map(walk);
    if (!isMapping(value)) return value;
    const entries = Object.entries(value).map(([key, entry]) => [key, walk(entry)] as const);
    // Without its digest, each masked key would be `(secret)`, so the keys get numbers. The values decide the order of
    // the numbers: the order of the digests would depend on the secret key.
    const hidden = entries.filter(([key]) => isSecretLeaf(key)).map(([, entry]) => entry);
    const sorted = hidden.sort((one, other) => (JSON.stringify(one) < JSON.stringify(other) ? -1 : 1));
    return mappingFrom([
      ...entries.filter(([key]) => !isSecretLeaf(key)),
      ...sorted.map((entry, index) => [`${SECRET_MARK} ${index + 1}`, entry] as const),
    ]);
  };
  return canonicalCompose(walk(model) as ComposeMapping);
}
