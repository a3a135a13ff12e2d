import { type ComposeMapping, type ComposeValue, isMapping, isSequence, mappingFrom } from "../model/model";
import { withCanonicalForms } from "./normalise-forms";

/**
 * Returns the canonical form of a Compose model. Two models have the same canonical form if they mean the same to
 * Compose.
 *
 * Some differences do not change the form: comments, key order, quoting, block or flow style, anchors and merge keys,
 * spellings of one number, the obsolete `version`, and the spellings that `withCanonicalForms` makes equal. The order
 * of a list changes the form. Extension keys (`x-…`) change it too: the text still contains them, and the program that
 * runs the text may read them.
 */
export function canonicalCompose(model: ComposeMapping): ComposeMapping {
  return sorted(withCanonicalForms(model)) as ComposeMapping;
}

/**
 * Returns the canonical form as JSON text. Models with the same meaning have the same text. The text contains the
 * values of the source, so it may be secret.
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
