/**
 * The daemon's instants have up to nine digits of a second with trailing zeros cut off, so text order is not time order.
 *
 * @returns a form whose text order is time order; `""` for "never" (absent, or the daemon's year 1).
 */
export function sortableInstant(instant: string | undefined): string {
  if (instant === undefined || instant.startsWith("0001-")) return "";
  const parts = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,9}))?/.exec(instant);
  if (parts?.[1] === undefined) return "";
  return `${parts[1]}.${(parts[2] ?? "").padEnd(9, "0")}Z`;
}

/** `-1`, `0` or `1`, as `Array.sort` wants it; "never" comes first. */
export function compareInstants(a: string | undefined, b: string | undefined): number {
  const [left, right] = [sortableInstant(a), sortableInstant(b)];
  return left < right ? -1 : left > right ? 1 : 0;
}

/** Milliseconds since the epoch, or undefined for "never". */
export function instantMillis(instant: string | undefined): number | undefined {
  const sortable = sortableInstant(instant);
  return sortable === "" ? undefined : Date.parse(`${sortable.slice(0, 23)}Z`);
}
