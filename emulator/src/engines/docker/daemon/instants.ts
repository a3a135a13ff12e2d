/** Milliseconds since the epoch. Undefined if the daemon means "never": the time is absent, or in the year 1. */
export function instantMillis(instant: string | undefined): number | undefined {
  return instant === undefined || instant.startsWith("0001-") ? undefined : Date.parse(instant);
}
