import { SECTIONS } from "../model/keys";
import { type ComposeMapping, type ComposeValue, isMapping, isSequence } from "../model/model";
import type { Schema } from "./schema";
import { DOCUMENT_SCHEMA, SCHEMA_DEFINITIONS } from "./schema.generated";

/** Keys whose values are names, paths and images. These values are not secret. */
const NAMING = new Set([
  ...SECTIONS,
  ..."depends_on links volumes_from extends profiles image network_mode source service name container_name".split(" "),
]);
/** Keys whose values are mappings. The author of the document chooses the keys of these mappings. */
const CHOOSING = new Set([
  ...SECTIONS,
  ..."environment labels args annotations sysctls extra_hosts driver_opts options depends_on ulimits additional_contexts".split(
    " ",
  ),
]);
const WORDS = /[\w.-]+/g;
let keys: ReadonlySet<string> | undefined;

/**
 * Returns the names in a document: all keys of Compose, the names that the author chooses (of services, variables and
 * labels, for example), and the words in the values of some keys, such as `image`. Messages never mask these names,
 * even if a password is equal to a name. An unknown key is not a name, because it may be a secret at the wrong
 * position.
 *
 * @param texts `written` if the values still have variables, or have masks in place of secrets. `resolved` if values
 * may contain secrets: then no word in a value is a name.
 */
export function namesIn(model: ComposeMapping, texts: "written" | "resolved"): ReadonlySet<string> {
  keys ??= new Set([DOCUMENT_SCHEMA, ...Object.values(SCHEMA_DEFINITIONS)].flatMap(keysOf));
  const names = new Set(keys);
  const visited = new Set<ComposeValue>();
  const walk = (value: ComposeValue, under: string): void => {
    if (typeof value === "string") {
      const [variable] = /^[\w.-]+(?==)/.exec(value) ?? [];
      if (variable !== undefined) names.add(variable);
      if (NAMING.has(under) && texts === "written") for (const [word] of value.matchAll(WORDS)) names.add(word);
    }
    if (typeof value !== "object" || value === null || visited.has(value)) return;
    visited.add(value);
    if (isSequence(value)) for (const item of value) walk(item, under);
    if (!isMapping(value)) return;
    for (const [key, entry] of Object.entries(value)) {
      if (CHOOSING.has(under)) names.add(key);
      walk(entry, key);
    }
  };
  for (const section of SECTIONS) walk(model[section] ?? null, section);
  return names;
}

function keysOf(schema: Schema): readonly string[] {
  const { properties = {}, items, oneOf = [], patternProperties = {} } = schema;
  const inner = [
    ...Object.values(properties),
    ...Object.values(patternProperties),
    ...oneOf,
    ...(items ? [items] : []),
  ];
  return [...Object.keys(properties), ...inner.flatMap(keysOf)];
}
