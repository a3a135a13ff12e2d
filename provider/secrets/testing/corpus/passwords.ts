import { ALNUM, BASE64, HEX, joined, LOWER_ALNUM, type Random, randomOf } from "./random";

const STYLES: Readonly<Record<string, (random: Random) => string>> = {
  hexadecimal: (r) => r.text(HEX, 32),
  base64: (r) => joined(r.text(BASE64, 31), "="),
  "letters and digits": (r) => joined(r.text(LOWER_ALNUM, 6), r.text(ALNUM, 10)),
  "a word with symbols": (r) => joined("hunter", String(r.number(90) + 10), "-Leaks!", String(r.number(9))),
  "words with hyphens": (r) => joined("correct-horse", "-battery-", String(r.number(900) + 100)),
  short: (r) => joined("Tr0ub4", "dor&", String(r.number(9))),
};

/** Styles of passwords with characters that file formats escape. */
const ESCAPED_STYLES: Readonly<Record<string, (random: Random) => string>> = {
  "with quotes": (r) => joined('k9"', r.text(LOWER_ALNUM, 5), "'", r.text(ALNUM, 5)),
  "with & and %": (r) => joined("p&", r.text(LOWER_ALNUM, 5), "%", r.text(ALNUM, 5), "<3"),
  "with a backslash": (r) => joined("w\\", r.text(LOWER_ALNUM, 5), "\\", r.text(ALNUM, 4)),
};

export interface StyledPassword {
  readonly style: string;
  readonly password: string;
}

function passwordsOf(styles: typeof STYLES, name: string): readonly StyledPassword[] {
  return Object.entries(styles).map(([style, make]) => ({ style, password: make(randomOf(`${name} ${style}`)) }));
}

/**
 * One password of each style. `&` and `!` are the only characters in these passwords that shells or file formats
 * escape.
 */
export const plainPasswords = (name: string): readonly StyledPassword[] => passwordsOf(STYLES, name);

/** One password of each style, including the styles with characters that file formats escape. */
export const allPasswords = (name: string): readonly StyledPassword[] => [
  ...plainPasswords(name),
  ...passwordsOf(ESCAPED_STYLES, name),
];
