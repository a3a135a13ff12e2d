import { onlyNear } from "../diagnostics/nearest";
import type { Schema } from "./schema";
import { DOCUMENT_SCHEMA, SCHEMA_DEFINITIONS } from "./schema.generated";

/**
 * Returns the key or the allowed value that the author certainly meant, or `undefined`. For example, `content` is
 * not corrected to `context`, because `content` is a word of Compose too.
 */
export function certainlyMeant(written: string, candidates: Iterable<string>): string | undefined {
  words ??= new Set([DOCUMENT_SCHEMA, ...Object.values(SCHEMA_DEFINITIONS)].flatMap(wordsIn));
  return onlyNear(written, candidates, { words });
}

let words: ReadonlySet<string> | undefined;

/** Returns all words in the keys and the allowed values of a schema. `_` separates words. */
function wordsIn(schema: Schema): readonly string[] {
  const { properties = {}, patternProperties = {}, items, oneOf = [] } = schema;
  const names = [...Object.keys(properties), ...(schema.enum ?? [])];
  const inner = [
    ...Object.values(properties),
    ...Object.values(patternProperties),
    ...(items ? [items] : []),
    ...oneOf,
  ];
  return [...names.flatMap((name) => name.split("_")), ...inner.flatMap(wordsIn)];
}
