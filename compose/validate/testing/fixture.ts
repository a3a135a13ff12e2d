import type { ValidationCode, ValidationOptions } from "..";

/** A text for which one code is reported, and a similar text without this code. */
export interface Fixture {
  /** The text (or another value) for which the diagnostic is reported. */
  readonly fails: unknown;
  /**
   * The expected diagnostics of `fails`, each as `code@line:column path`. A diagnostic about the whole text has no
   * position.
   */
  readonly marks: readonly string[];
  /** A text similar to `fails` that causes no diagnostic. */
  readonly passes: unknown;
  readonly options?: ValidationOptions;
}

/** Fixtures by code. */
export type Fixtures = Partial<Record<ValidationCode, Fixture>>;

/**
 * Returns a document with a service `web` that has these settings. The first setting is on line 4, and each setting has
 * its own line.
 */
export const web = (...settings: string[]) =>
  `services:\n  web:\n    image: nginx\n${settings.map((line) => `    ${line}\n`).join("")}`;

/** Returns a document with two services: `a` on line 2 and `b` on line 3. */
export const two = (first: string, second: string, rest = "") =>
  `services:\n  a: {image: i, ${first}}\n  b: {image: i, ${second}}\n${rest}`;
