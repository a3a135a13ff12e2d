/** Converts a time of the daemon to milliseconds since 1970. Undefined if absent, or if the year is 1 (never). */
export function instantMillis(instant: string | undefined): number | undefined {
  return instant === undefined || instant.startsWith("0001-") ? undefined : Date.parse(instant);
}
