import { canonicalCompose } from "../../canonical/canonical";
import { isSecretLeaf, SECRET_MARK } from "../../canonical/explain";
import { type ComposePath, formatPath } from "../../diagnostics/position";
import { escapeDollars, unescapeDollars } from "../../model/interpolation";
import { type ComposeMapping, type ComposeValue, isMapping, isSequence, mappingFrom } from "../../model/model";
import type { SecretRules } from "../../model/secret-rules";
import { UNKNOWN_MARKER } from "../../yaml/text";

/** A canonical model in which every value that contains a secret can be replaced. */
export interface Redactable {
  redacted(replace: (value: string) => string): ComposeMapping;
}

/** A canonical model that may be shown and stored. */
export interface MaskedModel {
  /**
   * The model. A secret value is `(secret)` with its digest. A value that is not known yet is only the marker of an
   * unknown value.
   */
  readonly model: ComposeMapping;
  /** The secret values, as a container receives them. */
  readonly secrets: readonly string[];
}

/**
 * Makes a digest that shows only whether a secret at a path is still the same. The path is part of the digest, so equal
 * secrets have different digests. `undefined` if there is no key.
 */
type LeafDigest = (path: string, value: string) => string | undefined;

/** Replaces the n-th secret, while the model is changed into its canonical form. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: what no text of YAML can hold raw
const STAND_IN = /\u0000([0-9]+)\u0000/g;

/** What is masked, in addition to values that contain a known secret. */
export interface MaskOptions {
  /** Further secret values. A text that contains one of them is masked too. */
  readonly known?: readonly string[];
  /** The rules that decide what is a secret. Required, because without them all secrets would be shown. */
  readonly secretRules: SecretRules;
}

/** A bundle's canonical model without values that contain a secret or look like one. */
export function mask(bundle: Redactable, digest: LeafDigest, { known = [], secretRules }: MaskOptions): MaskedModel {
  // A value in another encoding (base64, percent signs) has single dollar signs.
  const given = secretRules.setOf(known.flatMap((value) => [value, escapeDollars(value)]));
  const values: string[] = [];
  const secrets = new Set<string>();
  const marked = bundle.redacted((value) => `\u0000${values.push(value) - 1}\u0000`);

  const hide = (value: string, path: ComposePath, isMarked: boolean): string => {
    if (value.includes(UNKNOWN_MARKER)) return UNKNOWN_MARKER;
    // The lines of a file's content are already known secrets. Its single words are not secret.
    if (!isMarked || !isContent(path)) secrets.add(unescapeDollars(value));
    return secretLeaf(value, path, digest);
  };

  const text = (value: string, path: ComposePath, before?: string): string => {
    if (value.includes("\u0000")) {
      const shown = value.replace(STAND_IN, (_all, index: string) => hide(values[Number(index)] ?? "", path, true));
      return shown.includes(UNKNOWN_MARKER) ? UNKNOWN_MARKER : shown;
    }
    if (value.includes(UNKNOWN_MARKER)) return UNKNOWN_MARKER;
    return given.holds(value) || secretRules.isSecretValue(value, keyOf(path), before)
      ? hide(value, path, false)
      : value;
  };
  return { model: withTexts(marked, text), secrets: [...secrets] };
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
  return withTexts(model, (value, path, before) => {
    if (isSecretLeaf(value) || value.includes(UNKNOWN_MARKER) || value === ABSENT) return value;
    const isSecret = secretRules.isSecretValue(value, keyOf(path), before) || isSecretLeaf(at(other, path));
    return isSecret ? secretLeaf(value, path, digest) : value;
  });
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
 * The mark of a name without a value. It is not null, because the engine may drop a null, and the model would then look
 * changed.
 */
const ABSENT = "(null)";

/** A model in which texts are changed. A key with a placeholder counts as a text. */
function withTexts(
  model: ComposeMapping,
  text: (value: string, path: ComposePath, before?: string) => string,
): ComposeMapping {
  const walk = (value: ComposeValue, path: ComposePath, before?: string): ComposeValue => {
    if (typeof value === "string") return text(value, path, before);
    if (value === null) return ABSENT;
    if (isSequence(value)) {
      return value.map((item, index) => {
        const last = value[index - 1];
        return walk(item, [...path, index], typeof last === "string" ? last : undefined);
      });
    }
    if (!isMapping(value)) return value;
    return mappingFrom(
      Object.entries(value).map(([key, entry]) => {
        const name = key.includes("\u0000") ? text(key, path) : key;
        return [name, walk(entry, [...path, name])] as const;
      }),
    );
  };
  return walk(model, []) as ComposeMapping;
}

function keyOf(path: ComposePath): string | undefined {
  return path.filter((step) => typeof step === "string").at(-1);
}

/** A masked secret: the mark and, if there is a key, a digest. An item of a list keeps its digest if it moves. */
function secretLeaf(value: string, path: ComposePath, digest: LeafDigest): string {
  const made = digest(formatPath(path.filter((step) => typeof step === "string")), value);
  return made === undefined ? SECRET_MARK : `${SECRET_MARK} ${made}`;
}

/**
 * A masked model without the digests of its secrets. With it, models that were masked with different keys can be
 * compared.
 */
export function withoutDigests(model: ComposeMapping): ComposeMapping {
  const walk = (value: ComposeValue): ComposeValue => {
    if (isSecretLeaf(value)) return SECRET_MARK;
    if (isSequence(value)) return value.map(walk);
    if (!isMapping(value)) return value;
    return mappingFrom(Object.entries(value).map(([key, entry]) => [key, walk(entry)] as const));
  };
  return canonicalCompose(walk(model) as ComposeMapping);
}
