/** Milliseconds since the epoch. Undefined for "never": an absent instant, or one in the daemon's year 1. */
export function instantMillis(instant: string | undefined): number | undefined {
  return instant === undefined || instant.startsWith("0001-") ? undefined : Date.parse(instant);
}
