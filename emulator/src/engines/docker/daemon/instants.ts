/** Converts a time of the daemon to milliseconds since the epoch. Undefined if absent or in the year 1 (never). */
export function instantMillis(instant: string | undefined): number | undefined {
  return instant === undefined || instant.startsWith("0001-") ? undefined : Date.parse(instant);
}
