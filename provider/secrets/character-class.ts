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
  // Both are made when a character is met: there are dozens of classes, and few texts hold what stands in front of a token.
  const table: boolean[] = [];
  let pattern: RegExp | undefined;
  const test = (unit: number): boolean => {
    pattern ??= new RegExp(source);
    return pattern.test(String.fromCharCode(unit));
  };
  return (unit) => {
    if (unit >= ASCII) return beyond;
    table[unit] ??= test(unit);
    return table[unit] === true;
  };
}

/** Where a word that begins at an offset ends. */
export function endOfWord(text: string, from: number, belongs: CharacterClass): number {
  let end = from;
  while (end < text.length && belongs(text.charCodeAt(end))) end += 1;
  return end;
}
