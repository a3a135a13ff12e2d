/**
 * The smallest and the largest width of a text. Long words do not fit a narrower text, and a wider text is hard to
 * read.
 */
const WIDTHS = { least: 60, most: 120 } as const;
/** The width if the output is not a terminal. */
const USUAL_WIDTH = 80;

/** Returns the width of the text for a terminal with this number of columns. */
export function widthFor(columns: number | undefined): number {
  // Some terminals report 0 columns if they do not know their width.
  return Math.min(WIDTHS.most, Math.max(WIDTHS.least, columns || USUAL_WIDTH));
}

/** Returns whether every line of a text fits the smallest width. */
export function fitsAll(text: string): boolean {
  return text.split("\n").every((line) => line.length <= WIDTHS.least);
}

/** Returns a paragraph whose lines fit a width. */
export function paragraph(text: string, width: number): string {
  return hanging("", text, width).join("\n");
}

/**
 * Returns a label with a text after it, in lines that fit a width. Further lines begin with `indent`. A word is never
 * cut, so a very long word makes its line wider. If a very long word comes first, it begins a new line only if `indent`
 * is shorter than the label.
 */
export function hanging(label: string, text: string, width: number, indent = " ".repeat(label.length)): string[] {
  const lines: string[] = [];
  let line = label;
  let isEmpty = true;
  for (const word of text.split(/\s+/)) {
    const longer = isEmpty ? line + word : `${line} ${word}`;
    const mayStay = isEmpty && line.length <= indent.length;
    if (longer.length <= width || mayStay) {
      line = longer;
      isEmpty = false;
      continue;
    }
    lines.push(line.trimEnd());
    line = indent + word;
    isEmpty = false;
  }
  return [...lines, line];
}

/**
 * Breaks a text into lines that fit a width. A line with one very long word may be wider. Lines that already fit stay
 * unchanged, with their blanks.
 */
export function fitted(text: string, width: number): string {
  return text
    .split("\n")
    .flatMap((line) => {
      if (line.length <= width) return [line];
      const indent = /^\s*/.exec(line)?.[0] ?? "";
      return hanging(indent, line.slice(indent.length), width);
    })
    .join("\n");
}

/** Returns a number with its noun: `1 run`, `2 runs`. */
export function count(number: number, word: string): string {
  return `${number} ${word}${number === 1 ? "" : "s"}`;
}
