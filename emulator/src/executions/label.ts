/**
 * The start key at the beginning of a run's name, with its hyphen. The provider writes it. In older versions of the
 * provider, the start key is four letters shorter.
 */
const START_KEY = /^[a-z0-9]{20}[al][a-z0-9]{3}(?:[a-z0-9]{4})?-(?=.)/;

/** Returns the part of a file name that a person has chosen. The start key before this part is useless to a person. */
export function labelOf(fileName: string): string {
  return fileName.replace(START_KEY, "");
}
