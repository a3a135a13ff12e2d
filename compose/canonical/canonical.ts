import { type ComposeMapping, type ComposeValue, isMapping, isSequence, mappingFrom } from "../model/model";
import { withCanonicalForms } from "./normalise-forms";

/**
 * The canonical form of a compose model: two texts have the same one when Compose makes the same of them.
 *
 * No change: comments, key order, quoting, block or flow style, anchors and merge keys, spellings of one number, the
 * obsolete `version`, and what `withCanonicalForms` gives one form. A change: the order of a list, and extension keys
 * (`x-…`): they travel with the text, and what runs it may read them, as an emulator does.
 */
export function canonicalCompose(model: ComposeMapping): ComposeMapping {
  return sorted(withCanonicalForms(model)) as ComposeMapping;
}

/** The canonical form as JSON text: equal texts, equal meaning. It holds values, so treat it as secret as the source. */
export function canonicalText(model: ComposeMapping): string {
  return JSON.stringify(canonicalCompose(model));
}

/** Keys in the order of their UTF-16 code units, which no locale changes. */
function sorted(value: ComposeValue): ComposeValue {
  if (isSequence(value)) return value.map(sorted);
  if (!isMapping(value)) return value;
  return mappingFrom(
    Object.keys(value)
      .sort()
      .map((key) => [key, sorted(value[key] ?? null)] as const),
  );
}
