/**
 * The start key at the beginning of a run's name, with its hyphen. Older versions of the provider write a start key
 * that is four characters shorter.
 */
const START_KEY = /^[a-z0-9]{20}[al][a-z0-9]{3}(?:[a-z0-9]{4})?-(?=.)/;

/** Returns the part of a file name that a person has chosen, without the start key before it. */
export function labelOf(fileName: string): string {
  return fileName.replace(START_KEY, "");
}
