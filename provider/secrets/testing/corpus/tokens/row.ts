import type { Random } from "../random";

/** The format of the keys of one web service. */
export interface TokenRow {
  readonly name: string;
  /** Makes a text with a key. If only a part of the text is secret, `secret()` marks this part. */
  readonly make: (random: Random) => string;
  /** The variable that usually contains the key, if the form of the key does not show that it is a key. */
  readonly variable?: string;
}

export type TokenRows = readonly TokenRow[];

export const row = (name: string, make: (random: Random) => string): TokenRow => ({ name, make });

/** The row for a key without a recognizable form. Only the name of its variable shows that the text is a key. */
export const named = (name: string, variable: string, make: (random: Random) => string): TokenRow => ({
  name,
  make,
  variable,
});

/** The row for a key that consists of a prefix and random characters. */
export const prefixed = (name: string, prefix: string, alphabet: string, length: number): TokenRow =>
  row(name, (random) => prefix + random.text(alphabet, length));
