/** Narrower than this nothing can be set; wider than that nobody reads. */
const WIDTHS = { least: 60, most: 120 } as const;
/** Where the output is not a terminal. */
const USUAL_WIDTH = 80;

/** The width to print for, from the columns of the terminal. */
export function widthFor(columns: number | undefined): number {
  // Some terminals report 0 for a width that they do not know.
  return Math.min(WIDTHS.most, Math.max(WIDTHS.least, columns || USUAL_WIDTH));
}

/** A paragraph at a width. */
export function paragraph(text: string, width: number): string {
  return hanging("", text, width).join("\n");
}

/**
 * A text behind a label; further lines stand below its beginning, or behind an indent. A word that is too long for a line is not cut, but stands
 * below a label that is longer than the indent.
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

/** `1 run`, `2 runs`. */
export function count(number: number, word: string): string {
  return `${number} ${word}${number === 1 ? "" : "s"}`;
}
