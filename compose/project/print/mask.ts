import { canonicalCompose } from "../../canonical/canonical";
import { isSecretLeaf, SECRET_MARK } from "../../canonical/explain";
import { type ComposePath, formatPath } from "../../diagnostics/position";
import { escapeDollars, unescapeDollars } from "../../model/interpolation";
import { type ComposeMapping, type ComposeValue, isMapping, isSequence, mappingFrom } from "../../model/model";
import { secretContextOf } from "../../model/secret-context";
import { argumentsBefore, type FoundSecret, type SecretRules } from "../../model/secret-rules";
import { UNKNOWN_MARKER } from "../../yaml/text";

/** A canonical model in which every value with a secret can be replaced. */
export interface Redactable {
  redacted(replace: (value: string) => string): ComposeMapping;
}

/** A canonical model that may be shown and stored. */
export interface MaskedModel {
  /** A secret leaf is `(secret)` and its digest. A leaf that is not known yet is only the marker of the unknown. */
  readonly model: ComposeMapping;
  /** The secret values, as a container gets them. */
  readonly secrets: readonly string[];
}

/**
 * Shows whether a secret at a path is still the same, and nothing else. The path is part of the digest, so that equal
 * secrets do not look equal. `undefined` while there is no key.
 */
type LeafDigest = (path: string, value: string) => string | undefined;

/** Replaces the n-th secret while the model is brought into its canonical form. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: what no text of YAML can hold raw
const STAND_IN = /\u0000([0-9]+)\u0000/g;

/** What is masked in addition to the values with a secret in them. */
export interface MaskOptions {
  /** Further secret values. A text that contains one is masked, too. */
  readonly known?: readonly string[];
  /** What counts as a secret. Required, because without it all secrets would be shown. */
  readonly secretRules: SecretRules;
}

/** A bundle's canonical model without values that contain a secret or look like one. */
export function mask(bundle: Redactable, digest: LeafDigest, { known = [], secretRules }: MaskOptions): MaskedModel {
  // A value in another spelling (base64, percent signs) has single dollar signs.
  const given = secretRules.setOf(known.flatMap((value) => [value, escapeDollars(value)]));
  const values: string[] = [];
  const secrets = new Set<string>();
  const marked = bundle.redacted((value) => `\u0000${values.push(value) - 1}\u0000`);

  const all = secretContextOf(marked);
  const find = remembering(secretRules);

  const hide = (value: string, path: ComposePath): string => {
    if (value.includes(UNKNOWN_MARKER)) return UNKNOWN_MARKER;
    // The secrets of a file's content are known already.
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

/** Texts from this length on are searched once for each key. A document may repeat them by aliases. */
const LONG = 1000;

/** Finds secrets, and remembers the findings of long texts, which are no arguments of a command. */
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

/** The values of findings that are searched for in output, as a container gets them. Logs have random and ordinary words. */
function surely(found: readonly FoundSecret[]): string[] {
  return found
    .filter(({ certainty }) => certainty === "form" || certainty === "named")
    .map(({ value }) => unescapeDollars(value));
}

/**
 * A recorded model, masked by the rules of this version, so that a value that only these rules mask does not look
 * changed. Values that are already masked stay as they are.
 *
 * @param other the model that it is compared with. A secret there is a secret here, too.
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

/** A shorter key contains no secret that is one by its form, and all models have many of them. */
const SHORTEST_KEY = 8;

/** The secrets in a key: an entry of a list without `=`, or a value in the wrong place. */
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

/** A name without a value. The engine may drop a null, and the model would look changed. */
const ABSENT = "(null)";

/** A model with other texts and keys. */
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

/** A masked secret: the mark, and its digest when there is a key. An item of a list keeps its digest when it moves. */
function secretLeaf(value: string, path: ComposePath, digest: LeafDigest): string {
  const made = digest(formatPath(path.filter((step) => typeof step === "string")), value);
  return made === undefined ? SECRET_MARK : `${SECRET_MARK} ${made}`;
}

/** A masked model without the digests of its secrets, to compare models that were masked with different keys. */
export function withoutDigests(model: ComposeMapping): ComposeMapping {
  const walk = (value: ComposeValue): ComposeValue => {
    if (isSecretLeaf(value)) return SECRET_MARK;
    if (isSequence(value)) return value.map(walk);
    if (!isMapping(value)) return value;
    const entries = Object.entries(value).map(([key, entry]) => [key, walk(entry)] as const);
    // Keys have digests, too. Their order depends on the digests, so that they are numbered by their values.
    const hidden = entries.filter(([key]) => isSecretLeaf(key)).map(([, entry]) => entry);
    const sorted = hidden.sort((one, other) => (JSON.stringify(one) < JSON.stringify(other) ? -1 : 1));
    return mappingFrom([
      ...entries.filter(([key]) => !isSecretLeaf(key)),
      ...sorted.map((entry, index) => [`${SECRET_MARK} ${index + 1}`, entry] as const),
    ]);
  };
  return canonicalCompose(walk(model) as ComposeMapping);
}
