import type { FindShape } from "./token-shape";

const EDGE = /-----(BEGIN|END) [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----/g;
/**
 * Matches a line of a PEM block. The line has base64, possibly after the prefix of a log line, or is a header such as
 * `Proc-Type:`, or is empty.
 */
const MATERIAL_AT_END = /(?:^|[\s|>])[A-Za-z0-9+/=]{1,100}\s*$|^[\w-]{1,40}: |^\s*$/;
const MOST_LINES = 400;
const LONGEST_LINE = 200;

/**
 * Finds private keys in PEM, with their first and last lines. If the last line of a key is missing, the span ends with
 * the following lines that look like lines of a key. If the first line is missing, the span begins with the preceding
 * lines that look like lines of a key.
 */
export const findPemBlocks: FindShape = (text) => {
  const edges = [...text.matchAll(EDGE)].map((match) => ({
    begins: match[1] === "BEGIN",
    start: match.index,
    end: match.index + match[0].length,
  }));
  return edges.flatMap(({ begins, start, end }, index) => {
    if (begins) {
      const next = edges[index + 1];
      return [{ start, end: next !== undefined && !next.begins ? next.end : forward(text, end) }];
    }
    return edges[index - 1]?.begins === true ? [] : [{ start: backward(text, start), end }];
  });
};

function forward(text: string, from: number): number {
  let end = lineEnd(text, from);
  if (end === undefined) return from;
  for (let count = 0; count < MOST_LINES && end < text.length; count += 1) {
    const next = lineEnd(text, end + 1);
    if (next === undefined || !MATERIAL_AT_END.test(text.slice(end + 1, next))) break;
    end = next;
  }
  return end;
}

function backward(text: string, from: number): number {
  let start = lineStart(text, from);
  if (start === undefined) return from;
  for (let count = 0; count < MOST_LINES && start > 0; count += 1) {
    const above = lineStart(text, start - 1);
    if (above === undefined || !MATERIAL_AT_END.test(text.slice(above, start - 1))) break;
    start = above;
  }
  return start;
}

/** The end of the line that contains an offset. Undefined if the line is too long for a line of a key. */
function lineEnd(text: string, from: number): number | undefined {
  let end = from;
  while (end < text.length && text[end] !== "\n" && end - from <= LONGEST_LINE) end += 1;
  return end - from > LONGEST_LINE ? undefined : end;
}

function lineStart(text: string, from: number): number | undefined {
  let start = from;
  while (start > 0 && text[start - 1] !== "\n" && from - start <= LONGEST_LINE) start -= 1;
  return from - start > LONGEST_LINE ? undefined : start;
}
