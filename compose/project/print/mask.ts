import { canonicalCompose } from "../../canonical/canonical";
import { isSecretLeaf, SECRET_MARK } from "../../canonical/explain";
import { type ComposePath, formatPath } from "../../diagnostics/position";
import { escapeDollars, unescapeDollars } from "../../model/interpolation";
import { type ComposeMapping, type ComposeValue, isMapping, isSequence, mappingFrom } from "../../model/model";
import { secretContextOf } from "../../model/secret-context";
import { argumentsBefore, type FoundSecret, type SecretRules } from "../../model/secret-rules";
import { UNKNOWN_MARKER } from "../../yaml/text";

/** A canonical model whose values can be replaced if they contain a secret. */
export interface Redactable {
  redacted(replace: (value: string) => string): ComposeMapping;
}

/** A canonical model that may be shown and stored. */
export interface MaskedModel {
  /**
   * The model. `(secret)` and a digest stand for a value that is secret. A value that is not known yet is only a
   * marker.
   */
  readonly model: ComposeMapping;
  /** The secret values, as a container receives them. */
  readonly secrets: readonly string[];
}

/**
 * Makes a digest that shows only whether a secret at a path is still the same. The path is part of the digest, so that
 * equal secrets at two paths have different digests. `undefined` while there is no key.
 */
type LeafDigest = (path: string, value: string) => string | undefined;

/** Stands for the n-th secret while the model is brought into its canonical form. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: what no text of YAML can hold raw
const STAND_IN = /\u0000([0-9]+)\u0000/g;

/** What is masked in addition to the values that contain a secret. */
export interface MaskOptions {
  /** Further secret values. A text that contains one is masked too. */
  readonly known?: readonly string[];
  /** What counts as a secret. The option is required: if a caller could forget it, all secrets would be shown. */
  readonly secretRules: SecretRules;
}

/** The canonical model of a bundle, in which every value that contains a secret or looks like one is masked. */
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
    // The secrets in the content of a file are already known.
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

/** A text of this length or more is searched once for each key, because aliases may repeat it in a document. */
const LONG = 1000;

/** Finds secrets, and remembers what it found in long texts. Arguments of a command are never so long. */
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
 * The values of findings, as a container receives them, without random and ordinary words. The provider searches output
 * for these values, and logs contain many such words.
 */
function surely(found: readonly FoundSecret[]): string[] {
  return found
    .filter(({ certainty }) => certainty === "form" || certainty === "named")
    .map(({ value }) => unescapeDollars(value));
}

/**
 * A recorded model, masked by the rules of this version. Otherwise a value that only these rules mask would look
 * changed. Values that are already masked stay unchanged.
 *
 * @param other the model with which it is compared; a secret there is also a secret here
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

/** A shorter key cannot be a secret by its form. It is not searched, because all models have many short keys. */
const SHORTEST_KEY = 8;

/** The secrets in a key, which may be an entry of a list without `=`, or a value in the wrong place. */
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
 * Stands for the value of a name without a value. The engine may drop a null, and the model would then look changed.
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

/** A masked secret: the mark, and its digest if there is a key. An item of a list keeps its digest when it moves. */
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
    // Keys contain digests too, and the digests decide their order. So the keys are numbered by their values.
    const hidden = entries.filter(([key]) => isSecretLeaf(key)).map(([, entry]) => entry);
    const sorted = hidden.sort((one, other) => (JSON.stringify(one) < JSON.stringify(other) ? -1 : 1));
    return mappingFrom([
      ...entries.filter(([key]) => !isSecretLeaf(key)),
      ...sorted.map((entry, index) => [`${SECRET_MARK} ${index + 1}`, entry] as const),
    ]);
  };
  return canonicalCompose(walk(model) as ComposeMapping);
}
