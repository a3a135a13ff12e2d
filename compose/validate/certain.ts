import { onlyNear } from "../diagnostics/nearest";
import type { Schema } from "./schema";
import { DOCUMENT_SCHEMA, SCHEMA_DEFINITIONS } from "./schema.generated";

/**
 * Returns the key or word of Compose that the author certainly meant. A name with another word of Compose in it, such
 * as `start` in place of `stop`, is no typing error: it may be a setting that Compose does not have.
 */
export function certainlyMeant(written: string, candidates: Iterable<string>): string | undefined {
  words ??= new Set([DOCUMENT_SCHEMA, ...Object.values(SCHEMA_DEFINITIONS)].flatMap(wordsIn));
  return onlyNear(written, candidates, { words });
}

let words: ReadonlySet<string> | undefined;

/** Returns the parts between `_` of all keys and words in a schema. */
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
