/** A time of day with nothing behind it that says where: the service's clock is UTC, this machine's is anything. */
const WITHOUT_OFFSET = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?$/;

/**
 * A time as the service wrote it, made unambiguous: without an offset it is UTC, since JavaScript would read it as local
 * time. Anything else stays as it came.
 */
export function withOffset(time: string): string {
  const trimmed = time.trim();
  return WITHOUT_OFFSET.test(trimmed) ? `${trimmed.replace(" ", "T")}Z` : trimmed;
}
