// @ts-check
/**
 * Returns the time of day by the emulator's clock, in UTC. The text next to the time shows the zone.
 * @param {string} iso
 */
export function timeOf(iso) {
  return iso.slice(11, 19);
}

/**
 * Returns the date and the time with the zone.
 * @param {string} iso
 */
export function dateAndTimeOf(iso) {
  return `${iso.slice(0, 10)} ${timeOf(iso)} UTC`;
}

/**
 * Returns the time of day if the day is today. Otherwise, returns the day and the time without seconds, because the
 * column is narrow.
 * @param {string} iso
 * @param {string} now
 */
export function shortTimeOf(iso, now) {
  return iso.slice(0, 10) === now.slice(0, 10) ? timeOf(iso) : `${iso.slice(5, 10)} ${iso.slice(11, 16)}`;
}
