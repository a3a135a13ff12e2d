/** The key that the provider puts in front of a run's name, with its hyphen. Older versions wrote four letters fewer. */
const START_KEY = /^[a-z0-9]{20}[al][a-z0-9]{3}(?:[a-z0-9]{4})?-(?=.)/;

/** The part of a file name that a person has chosen. The key in front of it says nothing to a person. */
export function labelOf(fileName: string): string {
  return fileName.replace(START_KEY, "");
}
