/** The largest number of lines, and the longest texts in characters, in one answer to the page. */
export const PAGE_LIMITS = {
  runs: 100,
  lines: 500,
  /** The number of first lines in an answer, if the page requests all lines and an answer cannot contain all lines. */
  firstLines: 100,
  line: 4000,
  text: 300,
  errors: 20,
  faults: 50,
  requests: 10,
  services: 200,
  /** The number of Compose texts that one answer reads to find their services. */
  textsRead: 200,
  composeText: 200_000,
} as const;

/** Returns a text that is not longer than the limit. Three dots replace the rest. */
export function cut(text: string, most: number = PAGE_LIMITS.text): string {
  return text.length > most ? `${text.slice(0, most)}…` : text;
}
