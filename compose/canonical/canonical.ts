import { type ComposeMapping, type ComposeValue, isMapping, isSequence, mappingFrom } from "../model/model";
import { withCanonicalForms } from "./normalise-forms";

/**
 * Returns the canonical form of a Compose model. If two models have the same canonical form, they mean the same for
 * Compose.
 *
 * Some differences do not change the canonical form: comments, key order, quoting, block or flow style, anchors and
 * merge keys, spellings of one number, the obsolete `version`, and the spellings that `withCanonicalForms` makes equal.
 * The order of most lists and the extension keys (`x-…`) change the canonical form. Extension keys count because the
 * program that runs the text may read them.
 */
export function canonicalCompose(model: ComposeMapping): ComposeMapping {
  return sorted(withCanonicalForms(model)) as ComposeMapping;
}

/**
 * Returns the canonical form as JSON text. Models with the same canonical form have the same text. The text may be
 * secret, because it contains the values of the model.
 */
export function canonicalText(model: ComposeMapping): string {
  return JSON.stringify(canonicalCompose(model));
}

/** Sorts the keys by their UTF-16 code units, because this order does not depend on the locale. */
function sorted(value: ComposeValue): ComposeValue {
  if (isSequence(value)) return value.map(sorted);
  if (!isMapping(value)) return value;
  return mappingFrom(
    Object.keys(value)
      .sort()
      .map((key) => [key, sorted(value[key] ?? null)] as const),
  );
}
