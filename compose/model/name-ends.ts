/** The bytes that Compose takes for white space. */
const SPACES: ReadonlySet<number> = new Set([9, 10, 11, 12, 13, 32, 0x85, 0xa0]);

/**
 * Whether Compose refuses a name in a list of NAME=value because of its end. Compose checks only the last byte in
 * UTF-8. For this reason, Compose refuses a name that ends in `à`, and accepts some wide spaces.
 */
export function endsInSpaceByte(name: string): boolean {
  const last = [...name.slice(-2)].at(-1)?.codePointAt(0) ?? 0;
  return SPACES.has(last < 0x80 ? last : 0x80 | (last & 0x3f));
}

/**
 * Returns what is wrong with the end of a name in a list of NAME=value, or `undefined`. White space that Compose
 * accepts is reported too, because it is probably a mistake.
 */
export function problemAtEnd(name: string): string | undefined {
  if (/\s$/.test(name)) return "has a space at the end of its name";
  if (!endsInSpaceByte(name)) return undefined;
  return "has a name whose last character ends in a byte that Compose takes for a space";
}
