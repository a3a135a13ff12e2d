import { machineName, mustBe, type Rule, someText, WEEK } from "./rules";

/**
 * The type of a value in Pulumi's package schema, for programs in any language.
 *
 * - `items`: a list. `values`: a map. `anyOf`: one of several types
 * - `choices`: one of these words. `meanings`: a sentence about each word
 * - `fields`: the name of another type in the schema
 */
export type Shape =
  | { readonly type: "boolean" | "integer" | "number" | "string" | "any" }
  | { readonly items: Shape }
  | { readonly values: Shape }
  | { readonly anyOf: readonly Shape[] }
  | { readonly choices: readonly string[]; readonly meanings?: Readonly<Record<string, string>> }
  | { readonly fields: string };

/** A type of values: how a value is checked, read and documented. */
export interface ValueType<T> {
  /**
   * The kind of value. A secret value of the kinds `text`, `texts` and `list` is redacted in output, because only these
   * kinds have free text of the user. `files` is a map from names to files in the bucket.
   */
  readonly kind:
    | "flag"
    | "number"
    | "text"
    | "word"
    | "texts"
    | "list"
    | "seconds"
    | "credentials"
    | "files"
    | "retries";
  /** Reads a value. Returns `undefined` if the value is missing or has another type. Does not check the limits. */
  readonly parse: (value: unknown) => T | undefined;
  /** Absent if values of this type are not checked, or if the check has a function of its own for the argument. */
  readonly rule?: Rule;
  /** The type in TypeScript. */
  readonly typescript: string;
  readonly shape: Shape;
  /** The type in words, for the reference page of the documentation. */
  readonly words: string;
  /** The allowed values in words, such as `1 to 600`. */
  readonly limits?: string;
}

/**
 * The TypeScript type of the values that a row describes. A row belongs to a table of arguments, outputs or other
 * fields.
 */
export type ValueOf<Row> = Row extends { readonly type: ValueType<infer Value> } ? Value : never;

/**
 * The type of an argument that has no value in `ParsedArguments`, such as `composeFile`. The lifecycle reads such an
 * argument from `ResourceInputs.values`.
 */
export interface SourceType {
  readonly kind: "source";
  readonly typescript: string;
  readonly shape: Shape;
  readonly words: string;
}

/** Values of any type, by name. */
export type Properties = Readonly<Record<string, unknown>>;

/** Whether a value is a map. */
export function isMap(value: unknown): value is Properties {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}

/** Returns a value that is a map. For any other value, returns an empty map. */
export function mapIn(value: unknown): Properties {
  return isMap(value) ? value : {};
}

/** Returns a value that is a non-empty text. Otherwise returns undefined. */
export function textIn(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}

function numberIn(value: unknown): number | undefined {
  return typeof value === "number" && Number.isFinite(value) ? value : undefined;
}

export const flag: ValueType<boolean> = {
  kind: "flag",
  parse: (value) => (typeof value === "boolean" ? value : undefined),
  rule: mustBe("true or false", (value) => typeof value === "boolean"),
  typescript: "boolean",
  shape: { type: "boolean" },
  words: "boolean",
};

/** A flag that is recorded only if it is true. Every other value is read as absent. */
export const mark: ValueType<true> = { ...flag, parse: (value) => (value === true ? true : undefined) };

/** Any number, as the state records it. */
export const number: ValueType<number> = {
  kind: "number",
  parse: numberIn,
  typescript: "number",
  shape: { type: "number" },
  words: "number",
};

/** A whole number, as the state records it. */
export const integer: ValueType<number> = { ...number, shape: { type: "integer" } };

/** A whole number of seconds within two limits. The limits themselves are allowed. */
export function wholeSeconds(minimum: number, maximum: number): ValueType<number> {
  return { ...count(minimum, maximum, "seconds"), limits: `${minimum} to ${maximum} seconds` };
}

/** A number of seconds that is not negative. Fractions are allowed. */
export const anySeconds: ValueType<number> = {
  ...number,
  rule: mustBe(
    `a number of seconds from 0 to ${WEEK} (a week)`,
    (value) => typeof value === "number" && value >= 0 && value <= WEEK,
  ),
  limits: `0 to ${WEEK} seconds (a week)`,
};

/** Text that is not blank. */
export const text: ValueType<string> = {
  kind: "text",
  parse: textIn,
  rule: someText,
  typescript: "string",
  shape: { type: "string" },
  words: "text",
};

/** The longest label, in characters. The label is the user's part of `file_name`, and follows the start key. */
const LONGEST_LABEL = 200;

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this rule refuses
const CONTROL = /[\u0000-\u001f\u007f]/;

/** A label on one line. The provider writes it after the start key in `file_name`. */
export const line: ValueType<string> = {
  ...text,
  rule: mustBe(
    `one line of 1 to ${LONGEST_LABEL} characters`,
    (value) =>
      typeof value === "string" && value.trim() !== "" && !CONTROL.test(value) && value.length <= LONGEST_LABEL,
  ),
  limits: `one line of at most ${LONGEST_LABEL} characters`,
};

/** The name of a machine. */
export const machine: ValueType<string> = { ...text, rule: machineName, limits: "letters, digits, `_` and `.`" };

/** The id of a run. */
export const runId: ValueType<string> = {
  ...text,
  rule: (value) => (someText(value) === undefined ? undefined : "must be the id of a run, a text"),
};

/**
 * The id of an existing run. It is not documented which form the ids of Lyceum have, so the rule accepts many forms.
 */
export const existingRunId: ValueType<string> = {
  ...text,
  rule: mustBe(
    "the id of a run, as `npx pulumi-lyceum list` shows it",
    (value) => typeof value === "string" && /^[\w.:-]+$/.test(value) && /\d/.test(value),
  ),
};

/** A time in ISO 8601 with an offset. Without an offset, the time would depend on the machine's time zone. */
export const moment: ValueType<string> = {
  ...text,
  rule: mustBe(
    'a time with its offset, such as "2026-03-01T12:00:00Z"',
    (value) =>
      typeof value === "string" &&
      /^\d{4}-\d{2}-\d{2}T\S*(Z|[+-]\d{2}:\d{2})$/.test(value) &&
      !Number.isNaN(Date.parse(value)),
  ),
  limits: "ISO 8601 with an offset",
};

/** The time between two samples of a series. */
export const sampleStep: ValueType<string> = {
  ...text,
  rule: mustBe(
    'a whole number with `s`, `m` or `h`, such as "15s"',
    (value) => typeof value === "string" && /^[1-9]\d{0,4}[smh]$/.test(value),
  ),
  limits: "a number with `s`, `m` or `h`",
};

/** A whole number with a unit, within two limits. The limits themselves are allowed. */
export function count(minimum: number, maximum: number, unit: string): ValueType<number> {
  const isInside = (value: number): boolean => Number.isInteger(value) && value >= minimum && value <= maximum;
  return {
    ...integer,
    rule: mustBe(
      `a whole number from ${minimum} to ${maximum} ${unit}`,
      (value) => typeof value === "number" && isInside(value),
    ),
    limits: `${minimum} to ${maximum}`,
  };
}

/** Makes the type of a value that must be one of `words`. */
export function oneOf<const Word extends string>(...words: readonly Word[]): ValueType<Word> {
  return {
    kind: "word",
    parse: (value) => words.find((word) => word === value),
    rule: mustBe(`one of ${words.map((word) => `"${word}"`).join(", ")}`, (value) =>
      (words as readonly unknown[]).includes(value),
    ),
    typescript: words.map((word) => `"${word}"`).join(" | "),
    shape: { choices: words },
    words: words.map((word) => `\`"${word}"\``).join(", "),
  };
}

/** One of a few words, each with a sentence that says what it means. */
export function wordOf<const Word extends string>(meanings: Readonly<Record<Word, string>>): ValueType<Word> {
  const words = Object.keys(meanings) as Word[];
  return { ...oneOf(...words), shape: { choices: words, meanings } };
}

/** A list of `https:` URLs. */
export const urls: ValueType<readonly string[]> = {
  kind: "texts",
  parse: (value) => (Array.isArray(value) ? value.map(String) : undefined),
  typescript: "pulumi.Input<string>[]",
  shape: { items: { type: "string" } },
  words: "list of `https:` URLs",
};

/** A list of names. An argument of this type cannot contain outputs of other resources. */
export const names: ValueType<readonly string[]> = {
  ...urls,
  rule: mustBe("a list of names", (value) => Array.isArray(value) && value.every((name) => typeof name === "string")),
  typescript: "string[]",
  words: "list of names",
};

/** Any value. */
export const anyValue: ValueType<unknown> = {
  kind: "list",
  parse: (value) => value,
  typescript: "unknown",
  shape: { type: "any" },
  words: "any value",
};

/** A map from names to values of any kind. */
export const anyMap: ValueType<Readonly<Record<string, unknown>>> = {
  kind: "list",
  parse: (value) => (value === undefined || value === null ? undefined : mapIn(value)),
  typescript: "{ [name: string]: unknown }",
  shape: { values: { type: "any" } },
  words: "map of names to values of any kind",
};

/** A map from names to numbers, as the state records it. */
export const numberMap: ValueType<Readonly<Record<string, number>>> = {
  kind: "list",
  parse: (value) => {
    if (value === undefined || value === null) return undefined;
    const numbers = Object.entries(mapIn(value)).filter(([, entry]) => typeof entry === "number");
    return Object.fromEntries(numbers) as Record<string, number>;
  },
  typescript: "{ [name: string]: number }",
  shape: { values: { type: "integer" } },
  words: "map of names to numbers",
};

/** A list of values of any kind. */
export const list: ValueType<readonly unknown[]> = {
  kind: "list",
  parse: (value) => (Array.isArray(value) ? value : undefined),
  rule: mustBe("a list", Array.isArray),
  typescript: "pulumi.Input<unknown>[]",
  shape: { items: { type: "any" } },
  words: "list of values of any kind",
};

/** Makes the type of an argument that has no value in `ParsedArguments`, such as `composeFile`. */
export function source(typescript: string, words: string, shape: Shape): SourceType {
  return { kind: "source", typescript, words, shape };
}
