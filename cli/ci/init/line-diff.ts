/** The number of unchanged lines that are shown around a change. */
const CONTEXT = 2;

/**
 * Returns the differences of two short texts, as `diff` prints them: `-` for lines of the first text, and `+` for lines
 * of the second.
 */
export function lineDiff(before: string, after: string): readonly string[] {
  const [old, next] = [before.split("\n"), after.split("\n")];
  const lines = compared(old, next);
  const isNear = lines.map((_line, at) =>
    lines.slice(Math.max(0, at - CONTEXT), at + CONTEXT + 1).some((line) => !line.startsWith(" ")),
  );
  return lines.flatMap((line, at) => {
    if (isNear[at]) return [line];
    return isNear[at - 1] === true ? ["…"] : [];
  });
}

/**
 * Returns the lines of both texts. `-` precedes a removed line, `+` an added line, and a space an unchanged line. The
 * unchanged lines are the longest common subsequence of both texts.
 */
function compared(old: readonly string[], next: readonly string[]): readonly string[] {
  const lengths = Array.from({ length: old.length + 1 }, () => new Array<number>(next.length + 1).fill(0));
  const at = (i: number, j: number) => lengths[i]?.[j] ?? 0;
  for (let i = old.length - 1; i >= 0; i -= 1) {
    for (let j = next.length - 1; j >= 0; j -= 1) {
      const row = lengths[i] ?? [];
      row[j] = old[i] === next[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
    }
  }
  const lines: string[] = [];
  let [i, j] = [0, 0];
  while (i < old.length || j < next.length) {
    if (i < old.length && j < next.length && old[i] === next[j]) {
      lines.push(` ${old[i]}`);
      [i, j] = [i + 1, j + 1];
    } else if (j >= next.length || (i < old.length && at(i + 1, j) >= at(i, j + 1))) {
      lines.push(`-${old[i]}`);
      i += 1;
    } else {
      lines.push(`+${next[j]}`);
      j += 1;
    }
  }
  return lines;
}
