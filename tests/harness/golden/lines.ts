/** One line of a comparison: kept, only in the golden file (`-`), or only in what happened now (`+`). */
interface DiffLine {
  readonly mark: " " | "-" | "+";
  readonly text: string;
}

const CONTEXT = 3;

/** The lines that differ, with three lines around each; empty when nothing differs. */
export function diffLines(before: string, after: string): string {
  if (before === after) return "";
  const lines = compare(before.split("\n"), after.split("\n"));
  const shown = new Set<number>();
  lines.forEach((line, index) => {
    if (line.mark === " ") return;
    for (let near = index - CONTEXT; near <= index + CONTEXT; near++) shown.add(near);
  });
  const out: string[] = [];
  lines.forEach((line, index) => {
    if (!shown.has(index)) return;
    if (index > 0 && !shown.has(index - 1)) out.push("…");
    out.push(`${line.mark} ${line.text}`.trimEnd());
  });
  return out.join("\n");
}

/** Longest common subsequence; goldens are a few hundred lines, so the table stays small. */
function compare(before: readonly string[], after: readonly string[]): readonly DiffLine[] {
  const width = after.length + 1;
  const lengths = new Uint32Array((before.length + 1) * width);
  const at = (row: number, column: number): number => lengths[row * width + column] ?? 0;
  for (let row = before.length - 1; row >= 0; row--) {
    for (let column = after.length - 1; column >= 0; column--) {
      lengths[row * width + column] =
        before[row] === after[column]
          ? at(row + 1, column + 1) + 1
          : Math.max(at(row + 1, column), at(row, column + 1));
    }
  }
  const lines: DiffLine[] = [];
  let row = 0;
  let column = 0;
  while (row < before.length || column < after.length) {
    const old = before[row];
    const now = after[column];
    if (old !== undefined && old === now) {
      lines.push({ mark: " ", text: old });
      row++;
      column++;
    } else if (old !== undefined && (now === undefined || at(row + 1, column) >= at(row, column + 1))) {
      lines.push({ mark: "-", text: old });
      row++;
    } else {
      lines.push({ mark: "+", text: now ?? "" });
      column++;
    }
  }
  return lines;
}
