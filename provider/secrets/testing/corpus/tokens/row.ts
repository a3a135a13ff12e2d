import type { Random } from "../random";

/** The format of the keys of a service. */
export interface TokenRow {
  readonly name: string;
  /** Makes a key. A part of it that is not secret alone may be outside of `secret()`. */
  readonly make: (random: Random) => string;
  /** Variables that usually contain it, if its form alone does not show that it is a key. */
  readonly variable?: string;
}

export type TokenRows = readonly TokenRow[];

export const row = (name: string, make: (random: Random) => string): TokenRow => ({ name, make });

/** A key that only the name of its variable shows to be one. */
export const named = (name: string, variable: string, make: (random: Random) => string): TokenRow => ({
  name,
  make,
  variable,
});

/** A prefix and random characters after it. */
export const prefixed = (name: string, prefix: string, alphabet: string, length: number): TokenRow =>
  row(name, (random) => prefix + random.text(alphabet, length));
