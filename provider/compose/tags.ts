/** What the tags of YAML itself begin with, once their handles are resolved. */
export const coreTag = "tag:yaml.org,2002:";

/** With these, Compose reads a value as we do. */
const readAlike = new Set(["str", "int", "float", "bool", "null", "map", "seq", "merge", "set", "omap", "pairs"]);

/**
 * Whether Compose may read a value with this tag in another way: it decodes `!!binary`, and changes the text of a
 * `!!timestamp`.
 *
 * @param tag as the YAML library resolves it
 */
export function isReadOtherwise(tag: string): boolean {
  if (tag.startsWith(coreTag)) return !readAlike.has(tag.slice(coreTag.length));
  // Compose takes a tag that resolves to `!!binary` for YAML's own, and decodes escapes that the library keeps.
  return tag.startsWith("!!") || tag.includes("%");
}

const otherTypes = new Set(["binary", "timestamp", "value", "yaml"]);

/** A tag in a message. An unknown one may be a password that starts with `!`. */
export function nameOfTag(tag: string): string {
  const name = tag.startsWith(coreTag) ? tag.slice(coreTag.length) : "";
  return otherTypes.has(name) ? `the tag !!${name}` : "this tag";
}
