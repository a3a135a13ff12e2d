/** The longest comment that GitHub accepts, in characters. */
export const LONGEST_COMMENT = 65_536;

/**
 * The number of characters that are kept free for the last line of a shortened text, and for the line that closes a
 * code block.
 */
const RESERVE = 300;

/**
 * Shortens a text to the length of the longest comment that GitHub accepts. Keeps whole lines from the beginning,
 * because a script in a pipeline may find the comment by its first line. The last line shows how many characters are
 * left out.
 *
 * @param whole a sentence that shows where to find the complete text
 */
export function fittedMarkdown(markdown: string, whole: string, longest: number = LONGEST_COMMENT): string {
  if (markdown.length <= longest) return markdown;
  const part = markdown.slice(0, longest - RESERVE);
  // A line is cut only if this line alone is longer than the limit.
  const kept = part.slice(0, part.lastIndexOf("\n") + 1 || part.length);
  const left = markdown.length - kept.length;
  const note = `**Cut: ${left} of ${markdown.length} characters are left out. ${whole}**`;
  return `${kept.trimEnd()}\n${closing(kept)}\n${note}\n`;
}

/** Returns the line that closes a code block whose end was cut off, or an empty text. */
function closing(text: string): string {
  let open: string | undefined;
  for (const line of text.split("\n")) {
    const [fence] = /^`{3,}/.exec(line) ?? [];
    if (fence === undefined) continue;
    if (open === undefined) open = fence;
    else if (line.trimEnd() === fence && fence.length >= open.length) open = undefined;
  }
  return open === undefined ? "" : `${open}\n`;
}
