/** Says whether a UTF-16 code unit belongs to a class of characters. */
export type CharacterClass = (unit: number) => boolean;

const ASCII = 128;

/**
 * A class as a regular expression writes it: `[\w-]`. Words are walked with it and not with `[\w-]+`: on a word of some
 * megabytes V8's regular expressions overflow their stack and throw.
 *
 * @param beyond whether characters beyond ASCII belong to it.
 */
export function characterClass(source: string, beyond = false): CharacterClass {
  const pattern = new RegExp(source);
  const table = Array.from({ length: ASCII }, (_none, unit) => pattern.test(String.fromCharCode(unit)));
  return (unit) => (unit < ASCII ? table[unit] === true : beyond);
}

/** Where a word that begins at an offset ends. */
export function endOfWord(text: string, from: number, belongs: CharacterClass): number {
  let end = from;
  while (end < text.length && belongs(text.charCodeAt(end))) end += 1;
  return end;
}
