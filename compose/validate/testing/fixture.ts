import type { ValidationCode, ValidationOptions } from "..";

/** The expected diagnostics of one code. */
export interface Fixture {
  /** A text for which the diagnostic is reported, or a value that is not a text. */
  readonly fails: unknown;
  /** Every mark of `fails`: `code@line:column path`. A diagnostic about the whole text has no position. */
  readonly marks: readonly string[];
  /** A similar text without a diagnostic. */
  readonly passes: unknown;
  readonly options?: ValidationOptions;
}

/** Fixtures by code. */
export type Fixtures = Partial<Record<ValidationCode, Fixture>>;

/** A service `web` with these settings, each on a line from line 4. */
export const web = (...settings: string[]) =>
  `services:\n  web:\n    image: nginx\n${settings.map((line) => `    ${line}\n`).join("")}`;

/** Two services, `a` in line 2 and `b` in line 3. */
export const two = (first: string, second: string, rest = "") =>
  `services:\n  a: {image: i, ${first}}\n  b: {image: i, ${second}}\n${rest}`;
