/** An error of one property for the engine: the name, what is wrong, what is allowed, and the value. */
export interface CheckFailure {
  readonly property: string;
  readonly reason: string;
}

/** An error inside an argument, with its path. The engine prints no value next to such an error. */
export function failureAt(path: string, reason: string): CheckFailure {
  return { property: path, reason: `${path} ${reason}` };
}

/** A rule returns the reason why a known value is refused, or `undefined`. */
export type Rule = (value: unknown) => string | undefined;

/** Shows a value in a message, short and on one line. */
export function show(value: unknown): string {
  // This case comes first, because an object may contain anything, even a `toString` that is not a function.
  if (Array.isArray(value)) return "a list";
  if (value !== null && typeof value === "object") return "a map";
  const text = typeof value === "string" ? JSON.stringify(value) : String(value);
  return text.length > 60 ? `${text.slice(0, 57)}…` : text;
}

/** Makes a rule. `what` describes the allowed values. The error also shows the given value. */
export function mustBe(what: string, accepts: (value: unknown) => boolean): Rule {
  return (value) => (accepts(value) ? undefined : `must be ${what}, not ${show(value)}`);
}

/** The seconds of a week. A longer wait is probably a typing error. */
export const WEEK = 7 * 24 * 3600;

/** A number of seconds above zero, at most a week. */
export const seconds = mustBe(
  `a number of seconds above 0 and at most ${WEEK} (a week)`,
  (value) => typeof value === "number" && value > 0 && value <= WEEK,
);

/** Text that is not blank. The error does not show the value, because it may be a secret. */
export const someText: Rule = (value) =>
  typeof value === "string" && value.trim() !== "" ? undefined : "must be text that is not empty";

/** `execution_type`: the API's own pattern, with a hint about the usual mistake. */
export const machineName: Rule = (value) => {
  if (typeof value === "string" && /^[a-zA-Z0-9_.]+$/.test(value)) return undefined;
  const hint =
    typeof value === "string" && value.includes("-")
      ? ` (no hyphens: did you mean "${value.replaceAll("-", ".")}"?)`
      : "";
  return `must be a machine name of letters, digits, "_" and ".", such as "cpu" or "gpu.a100", not ${show(value)}${hint}`;
};

/**
 * One callback URL, to which the service sends over HTTPS. The error does not show it, because its query may contain a
 * secret.
 */
export const callbackUrl: Rule = (value) => {
  if (typeof value === "string" && URL.canParse(value) && new URL(value).protocol === "https:") return undefined;
  return "must be an https: URL (Lyceum posts to it from outside when the run ends)";
};

/** Limits of Lyceum's API, for the arguments and for requests. */
export const API_LIMITS = {
  /** The longest time after which Lyceum ends a run. Seconds. */
  timeout: 600,
  /** The longest time between the stop signal and the kill. Seconds. */
  gracefulTimeout: 300,
  /** The number of lines in the longest log. */
  logLines: 10_000,
  /** The number of runs in the largest page of the history. */
  historyPage: 100,
} as const;

/** The largest number of runs of the history that one query reads: twenty pages. */
export const MOST_LISTED = 20 * API_LIMITS.historyPage;
