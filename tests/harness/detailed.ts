/** First line of a resource in a detailed display: `    +-some:module:Type: (replace)`. */
const HEAD = /^ {4}[ +~<>=-]*[\w-]+:[\w/-]+:\w+: \(\w/;

/** A resource's own lines are indented deeper than its first. */
const DETAIL = /^( {6}|$)/;

/**
 * The detailed display (`--diff`) with its resources sorted by URN: resources that do not depend on one another are
 * registered in any order.
 */
export function settleDetailed(lines: readonly string[]): readonly string[] {
  const out: string[] = [];
  let blocks: string[][] = [];
  const flush = (): void => {
    out.push(...blocks.sort(byUrn).flat());
    blocks = [];
  };
  for (const line of lines) {
    const last = blocks.at(-1);
    if (HEAD.test(line)) blocks.push([line]);
    else if (last !== undefined && DETAIL.test(line)) last.push(line);
    else {
      flush();
      out.push(line);
    }
  }
  flush();
  return out;
}

function byUrn(one: readonly string[], other: readonly string[]): number {
  const [left, right] = [urnOf(one), urnOf(other)];
  return left < right ? -1 : left > right ? 1 : 0;
}

function urnOf(block: readonly string[]): string {
  return block.find((line) => line.includes("[urn=")) ?? "";
}
