/** An error on one property, as the engine shows it: name it, say what is wrong, what is allowed, what was given. */
export interface CheckFailure {
  readonly property: string;
  readonly reason: string;
}

/**
 * An error inside an argument, by its path. The engine shows the value of an argument next to its error, and none for a path into
 * one.
 */
export function failureAt(path: string, reason: string): CheckFailure {
  return { property: path, reason: `${path} ${reason}` };
}

/** A rule: the reason why a known value is refused, or `undefined`. */
export type Rule = (value: unknown) => string | undefined;

/** Shows a value in a message, short and on one line. */
export function show(value: unknown): string {
  // Asked first: an object may hold anything, a `toString` that is no function among it.
  if (Array.isArray(value)) return "a list";
  if (value !== null && typeof value === "object") return "a map";
  const text = typeof value === "string" ? JSON.stringify(value) : String(value);
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}

/** A whole number within limits; both ends are allowed. */
export function wholeNumber(minimum: number, maximum: number, unit: string): Rule {
  return (value) =>
    typeof value === "number" && Number.isInteger(value) && value >= minimum && value <= maximum
      ? undefined
      : `must be a whole number from ${minimum} to ${maximum} ${unit}, not ${show(value)}`;
}

/** Seconds of a week: longer waits are typing errors. */
export const WEEK = 7 * 24 * 3600;

/** A number of seconds above zero, at most a week. */
export const seconds: Rule = (value) =>
  typeof value === "number" && value > 0 && value <= WEEK
    ? undefined
    : `must be a number of seconds above 0 and at most ${WEEK} (a week), not ${show(value)}`;

/** A number of seconds from 0, at most a week. */
export const secondsOrNone: Rule = (value) =>
  typeof value === "number" && value >= 0 && value <= WEEK
    ? undefined
    : `must be a number of seconds from 0 to ${WEEK} (a week), not ${show(value)}`;

export const boolean: Rule = (value) =>
  typeof value === "boolean" ? undefined : `must be true or false, not ${show(value)}`;

/** One of a few words; a near miss is guessed at. */
export function oneOf(...words: readonly string[]): Rule {
  return (value) =>
    typeof value === "string" && words.includes(value)
      ? undefined
      : `must be one of ${words.map((word) => `"${word}"`).join(", ")}, not ${show(value)}`;
}

/** Text that is not blank. The value is not shown: it may be a secret. */
export const someText: Rule = (value) =>
  typeof value === "string" && value.trim() !== "" ? undefined : "must be text that is not empty";

/** The id of a run, as Lyceum returned it. */
export const runId: Rule = (value) => (someText(value) === undefined ? undefined : "must be the id of a run, a text");

/** A moment as ISO 8601 with its offset: without one it would be another moment on another machine. */
export const moment: Rule = (value) =>
  typeof value === "string" &&
  /^\d{4}-\d{2}-\d{2}T\S*(Z|[+-]\d{2}:\d{2})$/.test(value) &&
  !Number.isNaN(Date.parse(value))
    ? undefined
    : `must be a time with its offset, such as "2026-03-01T12:00:00Z", not ${show(value)}`;

/** `step` of the metrics. */
export const sampleStep: Rule = (value) =>
  typeof value === "string" && /^[1-9]\d{0,4}[smh]$/.test(value)
    ? undefined
    : `must be a whole number with \`s\`, \`m\` or \`h\`, such as "15s", not ${show(value)}`;

/** `execution_type`: the API's own pattern, with the usual slip pointed out. */
export const machineName: Rule = (value) => {
  if (typeof value === "string" && /^[a-zA-Z0-9_.]+$/.test(value)) return undefined;
  const hint =
    typeof value === "string" && value.includes("-")
      ? ` (no hyphens: did you mean "${value.replaceAll("-", ".")}"?)`
      : "";
  return `must be a machine name of letters, digits, "_" and ".", such as "cpu" or "gpu.a100", not ${show(value)}${hint}`;
};

/** Characters in the user's part of `file_name`, at most: the start key goes in front. */
export const LONGEST_LABEL = 200;

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what this rule refuses
const CONTROL = /[\u0000-\u001f\u007f]/;

/** The user's part of `file_name`: one line. */
export const label: Rule = (value) => {
  const isLabel = typeof value === "string" && value.trim() !== "" && !CONTROL.test(value);
  if (isLabel && value.length <= LONGEST_LABEL) return undefined;
  return `must be one line of 1 to ${LONGEST_LABEL} characters, not ${show(value)}`;
};

/** One callback address: the service posts to it from outside, over HTTPS. Its query may hold a secret, so it is not shown. */
export const callbackUrl: Rule = (value) => {
  if (typeof value === "string" && URL.canParse(value) && new URL(value).protocol === "https:") return undefined;
  return "must be an https: URL (Lyceum posts to it from outside when the run ends)";
};
