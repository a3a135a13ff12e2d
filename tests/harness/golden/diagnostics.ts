/** First line of a resource's block: `  some:module:Type (name):`. */
const HEAD = /^ {2}\S.* \(.+\):$/;

/** Paragraphs that the CLI adds to its warning about pending operations. */
const CONTINUED = /^ {4}(These resources are in an unknown state|Once you have confirmed|Note that `pulumi refresh`)/;

/**
 * Sorts the blocks under `Diagnostics:` by resource. The messages of the stack are sorted too, because they come from
 * many sources. The messages of other resources keep their order.
 */
export function settleDiagnostics(lines: readonly string[]): readonly string[] {
  const start = lines.indexOf("Diagnostics:");
  if (start < 0) return lines;
  const after = lines.findIndex((line, index) => index > start && /^\S/.test(line));
  const end = after < 0 ? lines.length : after;
  const blocks: string[][] = [];
  for (const line of lines.slice(start + 1, end)) {
    const last = blocks.at(-1);
    if (HEAD.test(line) || last === undefined) blocks.push([line]);
    else last.push(line);
  }
  const texts = blocks.map((block) => sortMessages(block).join("\n").trimEnd()).sort();
  const sorted = texts.flatMap((text) => [...text.split("\n"), ""]);
  return [...lines.slice(0, start + 1), ...sorted, ...settleDiagnostics(lines.slice(end))];
}

function sortMessages(block: readonly string[]): readonly string[] {
  const [head, ...rest] = block;
  if (head === undefined || !head.startsWith("  pulumi:pulumi:Stack ")) return block;
  const messages: string[][] = [];
  rest.forEach((line, index) => {
    const last = messages.at(-1);
    const afterGap = index === 0 || rest[index - 1] === "";
    const begins = /^ {4}(error|warning|info|debug|LYC\d{4}):/.test(line) || (afterGap && /^ {4}\S/.test(line));
    if (last === undefined || (begins && !CONTINUED.test(line))) messages.push([line]);
    else last.push(line);
  });
  const texts = messages.map((message) => sortPending(message).join("\n").trimEnd()).sort();
  return [head, ...texts.flatMap((text) => text.split("\n"))];
}

/**
 * Sorts pending operations. Pulumi lists them in the order of their start, which is not fixed if they start together.
 */
function sortPending(message: readonly string[]): readonly string[] {
  const isPending = (line: string): boolean => /^ +\* urn:/.test(line);
  const pending = message.filter(isPending).sort();
  return message.map((line) => (isPending(line) ? (pending.shift() ?? line) : line));
}
