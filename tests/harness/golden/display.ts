import { settleDiagnostics } from "./diagnostics";

/** A row of the CLI's plain progress display: `+  some:module:Type name created (0.7s)`. */
const ROW = /^ ([ +~<>=-]{2}) +([\w-]+:[\w/-]+:\w+) (\S+) ?(.*)$/;

/** Words of an unfinished row. Timing decides which unfinished rows are printed. */
const MOVING = /^(creating|updating|deleting|replacing|refreshing|reading|importing|running|discarding)\b/;

/** Lines without information about the scenario: warnings of Node, and the dots that the CLI prints while it waits. */
const NOISE: readonly RegExp[] = [
  /^@ \w[\w ]*\.+$/,
  // The remaining dots, after an interruption.
  /^\.+$/,
  /^\(node:\d+\) /,
  /^\(Use `node --trace-(warnings|deprecation)/,
  /^Duration: /,
  // A line of debug output, which the CLI prints with `-v=9`.
  /^The log file for this run is at /,
];

/** The mark of a simulated run in a row. The same golden files describe runs on containers. */
const MARK = /(\(|, )SIMULATED (?=run )/g;

/** Matches dots in the middle of a line, before a row. */
const DOTS_BEFORE_A_ROW = /^@ \w[\w ]*\.+(?= [ +~<>=-]{2} )/;

/**
 * The CLI's output without what depends on timing.
 *
 * - dropped: noise, durations, rows that only name a resource, and unfinished rows with their progress texts (scenarios
 *   about progress read the raw output);
 * - rows of one display are grouped by resource and sorted by type and name. Rows of one resource keep their order, but
 *   those of the stack, which all resources write, are sorted. Equal rows are shown once;
 * - blocks under `Diagnostics:` are sorted by resource, and the stack's messages among themselves; those of a detailed
 *   display are sorted by URN;
 * - the mark of a simulated run is dropped, because the tests of the commands (`follow.test.ts`) and of the rows
 *   (`row.test.ts`) check it;
 * - the stack's outputs are dropped from a refresh: whether the CLI prints them depends on which row comes first;
 * - consecutive blank lines become one.
 */
export function settle(output: string): string {
  const lines = output
    .split("\n")
    .map((line) => line.trimEnd().replace(DOTS_BEFORE_A_ROW, "").replace(MARK, "$1"))
    .filter((line) => !NOISE.some((noise) => noise.test(line)));
  return squeeze(settleDetailed(settleDiagnostics(settleRows(withoutRefreshedOutputs(lines))))).join("\n");
}

function withoutRefreshedOutputs(lines: readonly string[]): readonly string[] {
  const at = lines.indexOf("Outputs:");
  if (at === -1 || !lines.some((line) => line.startsWith("Refreshing ("))) return lines;
  const end = lines.indexOf("", at);
  return end === -1 ? lines.slice(0, at) : [...lines.slice(0, at), ...lines.slice(end + 1)];
}

interface Row {
  readonly resource: string;
  readonly text: string;
  /** Only the rows of the stack have no fixed order, because all resources write them. */
  readonly order: string;
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

function settleRows(lines: readonly string[]): readonly string[] {
  const out: string[] = [];
  let rows: Row[] = [];
  const flush = (): void => {
    rows.sort((one, other) => compare(one.resource, other.resource) || compare(one.order, other.order));
    out.push(...new Set(rows.map(({ text }) => text)));
    rows = [];
  };
  for (const line of lines) {
    const [, mark, type, name, what] = ROW.exec(line) ?? [];
    if (type === undefined || name === undefined || what === undefined) {
      // The display has a blank line only before its first row.
      if (line !== "" || rows.length === 0) {
        flush();
        out.push(line);
      }
      continue;
    }
    if (MOVING.test(what) || (what === "" && mark?.trim() === "")) continue;
    const text = line.replace(/ \((\d+m)?\d+(\.\d+)?s\)/g, "").trimEnd();
    rows.push({ resource: `${type} ${name}`, text, order: type === "pulumi:pulumi:Stack" ? text : "" });
  }
  flush();
  return out;
}

function squeeze(lines: readonly string[]): readonly string[] {
  const kept = lines.filter((line, index) => line !== "" || lines[index - 1] !== "");
  while (kept[0] === "") kept.shift();
  while (kept.at(-1) === "") kept.pop();
  return kept;
}

/** First line of a resource in a detailed display: `    +-some:module:Type: (replace)`. */
const HEAD = /^ {4}[ +~<>=-]*[\w-]+:[\w/-]+:\w+: \(\w/;

/** The lines of a resource are indented more than its first line. */
const DETAIL = /^( {6}|$)/;

/**
 * The detailed display (`--diff`) with its resources sorted by URN. Independent resources are registered in any order.
 */
function settleDetailed(lines: readonly string[]): readonly string[] {
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
