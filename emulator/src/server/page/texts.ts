/** The limits of one answer to the page: the largest numbers of items, and the longest texts in characters. */
export const PAGE_LIMITS = {
  runs: 100,
  lines: 500,
  /** If the page requests all lines of a long output, the answer has this many first lines, and the newest lines. */
  firstLines: 100,
  line: 4000,
  text: 300,
  errors: 20,
  faults: 50,
  requests: 10,
  services: 200,
  /**
   * The largest number of Compose texts that are read for one answer. The answer lists the services in these texts.
   */
  textsRead: 200,
  composeText: 200_000,
} as const;

/** Returns at most `most` characters of a text. If characters are missing, an ellipsis follows. */
export function cut(text: string, most: number = PAGE_LIMITS.text): string {
  return text.length > most ? `${text.slice(0, most)}…` : text;
}
