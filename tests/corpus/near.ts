import type { Diagnostic } from "../../compose";

/** Lines of a text, both included, counted from 1. */
interface Lines {
  readonly from: number;
  readonly to: number;
}

/**
 * Whether the first error stands within one line of a change: of the lines that changed, or of the key whose value lost
 * something. A name that is used and no longer declared is reported where it is used, which is right, too.
 */
export function isNear(first: Diagnostic, before: string, after: string): boolean {
  const line = first.range?.start.line ?? 1;
  const { from, to } = changedLines(before, after);
  if (line >= from - 1 && line <= to + 1) return true;
  const name = /^the \w+ (\S+) is not defined/.exec(first.message)?.[1];
  if (name !== undefined) return declarations(before, name) > declarations(after, name);
  return line === keyAbove(after, from);
}

/** The lines of a text that a change touched; of lines that are gone, the one that is in their place. */
export function changedLines(before: string, after: string): Lines {
  const [old, now] = [before.split("\n"), after.split("\n")];
  const shorter = Math.min(old.length, now.length);
  let same = 0;
  while (same < shorter && old[same] === now[same]) same += 1;
  let end = 0;
  while (end < shorter - same && old.at(-1 - end) === now.at(-1 - end)) end += 1;
  return { from: same + 1, to: Math.max(same + 1, now.length - end) };
}

/** How often a name stands as a key with something below it, or as one that is alone. */
function declarations(text: string, name: string): number {
  return text.split("\n").filter((line) => line.trim().replace(/^["']|["']?:.*$/g, "") === name && line.includes(":"))
    .length;
}

/** The line of the key that a line is below. */
function keyAbove(text: string, line: number): number {
  const lines = text.split("\n");
  const indent = (index: number) => /^ */.exec(lines[index] ?? "")?.[0].length ?? 0;
  const own = lines[line - 2] ?? "";
  const depth = Math.max(indent(line - 1), own.trim() === "" ? 0 : indent(line - 2));
  let at = line - 2;
  while (at > 0 && (indent(at) >= depth || (lines[at] ?? "").trim() === "")) at -= 1;
  return at + 1;
}
