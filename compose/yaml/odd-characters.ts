/** Characters that are invisible or look like another character. Authors often copy them by accident. */
const NAMES = new Map<number, readonly [name: string, instead: string]>([
  [0x00a0, ["non-breaking space", "a space"]],
  [0x00ad, ["soft hyphen", "nothing"]],
  [0x200b, ["zero-width space", "nothing"]],
  [0x200c, ["zero-width non-joiner", "nothing"]],
  [0x200d, ["zero-width joiner", "nothing"]],
  [0x2007, ["figure space", "a space"]],
  [0x202f, ["narrow non-breaking space", "a space"]],
  [0x2013, ["en dash", "a hyphen"]],
  [0x2014, ["em dash", "a hyphen"]],
  [0x2018, ["curly quote", "a straight quote"]],
  [0x2019, ["curly quote", "a straight quote"]],
  [0x201c, ["curly quote", "a straight quote"]],
  [0x201d, ["curly quote", "a straight quote"]],
  [0x2060, ["word joiner", "nothing"]],
  [0x3000, ["ideographic space", "a space"]],
  [0xff1a, ["full-width colon", "a colon"]],
]);
const ODD = /[\u00a0\u00ad\u2000-\u200d\u202f\u2013\u2014\u2018\u2019\u201c\u201d\u2060\u3000\uff1a]/u;

/**
 * Returns the remedy for the first invisible or misleading character in a line or a key. Returns `undefined` if there
 * is none.
 */
export function oddCharacterRemedy(text: string): string | undefined {
  const code = ODD.exec(text)?.[0].codePointAt(0);
  if (code === undefined) return undefined;
  const [name, instead] = NAMES.get(code) ?? ["space of another width", "a space"];
  const shown = `U+${code.toString(16).toUpperCase().padStart(4, "0")} (${name})`;
  return instead === "nothing" ? `Remove ${shown}.` : `Write ${instead} in place of ${shown}.`;
}
