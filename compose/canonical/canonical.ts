import { type ComposeMapping, type ComposeValue, isMapping, isSequence, mappingFrom } from "../model/model";
import { withCanonicalForms } from "./normalise-forms";

/**
 * The canonical form of a Compose model. Two texts have the same canonical form if Compose reads the same from both.
 *
 * These differences do not change the form: comments, key order, quoting, block or flow style, anchors and merge keys,
 * spellings of one number, the obsolete `version`, and forms for which `withCanonicalForms` has one spelling. These do:
 * the order of a list, and extension keys (`x-…`). Extension keys count because they stay in the text, and what runs
 * the text may read them, as an emulator does.
 */
export function canonicalCompose(model: ComposeMapping): ComposeMapping {
  return sorted(withCanonicalForms(model)) as ComposeMapping;
}

/**
 * The canonical form as JSON text. Models with the same meaning have the same text. It contains the values of the
 * source, so it may be secret.
 */
export function canonicalText(model: ComposeMapping): string {
  return JSON.stringify(canonicalCompose(model));
}

/** Keys in the order of their UTF-16 code units, which does not depend on the locale. */
function sorted(value: ComposeValue): ComposeValue {
  if (isSequence(value)) return value.map(sorted);
  if (!isMapping(value)) return value;
  return mappingFrom(
    Object.keys(value)
      .sort()
      .map((key) => [key, sorted(value[key] ?? null)] as const),
  );
}
