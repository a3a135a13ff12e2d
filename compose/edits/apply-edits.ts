import type { Edit } from "../diagnostics/diagnostic";

/**
 * Returns the text with the edits applied. If two edits overlap, only the first one in the text is applied. An edit
 * that occurs twice is applied once.
 */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  const sorted = [...edits].sort((a, b) => a.range.start.offset - b.range.start.offset);
  let result = "";
  let done = 0;
  let last: Edit | undefined;
  for (const edit of sorted) {
    const [start, end] = [edit.range.start.offset, edit.range.end.offset];
    const isRepeated = last?.range.start.offset === start && last.range.end.offset === end && last.text === edit.text;
    if (start < done || end > text.length || isRepeated) continue;
    result += text.slice(done, start) + edit.text;
    done = end;
    last = edit;
  }
  return result + text.slice(done);
}
