// @ts-check
/**
 * Returns the time of day, by the emulator's clock. The clock is in UTC, which the text next to the time says.
 * @param {string} iso
 */
export function timeOf(iso) {
  return iso.slice(11, 19);
}

/**
 * Returns date and time with the zone.
 * @param {string} iso
 */
export function dateAndTimeOf(iso) {
  return `${iso.slice(0, 10)} ${timeOf(iso)} UTC`;
}

/**
 * Returns the time of day if the day is today, and otherwise also the day. Both are as long as a column of a table.
 * @param {string} iso
 * @param {string} now
 */
export function shortTimeOf(iso, now) {
  return iso.slice(0, 10) === now.slice(0, 10) ? timeOf(iso) : `${iso.slice(5, 10)} ${iso.slice(11, 16)}`;
}
