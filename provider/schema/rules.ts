/** An error about one property, in the engine's form. `reason` never shows a value that may be secret. */
export interface CheckFailure {
  readonly property: string;
  readonly reason: string;
}

/**
 * Makes an error about a value inside an argument. The engine prints no value for such a path. For an error about a
 * whole argument, the engine also prints the value of the argument.
 */
export function failureAt(path: string, reason: string): CheckFailure {
  return { property: path, reason: `${path} ${reason}` };
}

/** Returns the reason why a value is invalid, or `undefined`. Not called with a value that is unknown in a preview. */
export type Rule = (value: unknown) => string | undefined;

/** Shows a value in a message, short and on one line. */
export function show(value: unknown): string {
  // `String` would fail for a map whose `toString` is not a function, and for a list that contains such a map.
  if (Array.isArray(value)) return "a list";
  if (value !== null && typeof value === "object") return "a map";
  const text = typeof value === "string" ? JSON.stringify(value) : String(value);
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}

/** Makes a rule. `what` describes the allowed values, for the error message. The message also shows the value. */
export function mustBe(what: string, accepts: (value: unknown) => boolean): Rule {
  return (value) => (accepts(value) ? undefined : `must be ${what}, not ${show(value)}`);
}

/** The number of seconds in a week. A longer wait is probably a typing error. */
export const WEEK = 7 * 24 * 3600;

/** A number of seconds above zero, at most a week. */
export const seconds = mustBe(
  `a number of seconds above 0 and at most ${WEEK} (a week)`,
  (value) => typeof value === "number" && value > 0 && value <= WEEK,
);

/** A text that is not blank. The error does not show the text, because the text may be a secret. */
export const someText: Rule = (value) =>
  typeof value === "string" && value.trim() !== "" ? undefined : "must be text that is not empty";

/** A value of `execution_type` that matches the API's pattern. The error for a name with hyphens has a hint. */
export const machineName: Rule = (value) => {
  if (typeof value === "string" && /^[a-zA-Z0-9_.]+$/.test(value)) return undefined;
  const hint =
    typeof value === "string" && value.includes("-")
      ? ` (no hyphens: did you mean ${show(value.replaceAll("-", "."))}?)`
      : "";
  return `must be a machine name of letters, digits, "_" and ".", such as "cpu" or "gpu.a100", not ${show(value)}${hint}`;
};

/**
 * Accepts an https: URL, to which Lyceum posts when the run ends. The error does not show the URL, because its query
 * may contain a secret.
 */
export const callbackUrl: Rule = (value) => {
  if (typeof value === "string" && URL.canParse(value) && new URL(value).protocol === "https:") return undefined;
  return "must be an https: URL (Lyceum posts to it from outside when the run ends)";
};

/** Limits of Lyceum's API, for arguments and for requests. */
export const API_LIMITS = {
  /** The largest `timeout` in seconds. Lyceum ends a run after its `timeout`. */
  timeout: 600,
  /** The largest `graceful_timeout` in seconds, which is the time between the stop signal and the kill. */
  gracefulTimeout: 300,
  /** The largest number of lines that one request for logs may ask for. */
  logLines: 10_000,
  /** The largest number of runs on one page of the history. */
  historyPage: 100,
} as const;

/** The largest number of runs that one query reads from the history. More than twenty requests would take too long. */
export const MOST_LISTED = 20 * API_LIMITS.historyPage;
