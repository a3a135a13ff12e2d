import type { ComposeNode } from "../model";
import { readShortPort, writtenOut } from "../short-forms/ports";
import { entryOf, mappingNode, scalarNode, textOf } from "./nodes";

const mostWrittenOut = 1_000;

/**
 * Ranges of ports written out, where one of their ports is declared by another item too: only then does it matter. The
 * list itself when nothing does.
 */
export function expandPorts(
  items: readonly ComposeNode[],
  key: (item: ComposeNode) => string | undefined,
): readonly ComposeNode[] {
  const ranges = items.map((item) => rangeOf(item));
  if (items.length < 2 || ranges.every((range) => range === undefined)) return items;
  const count = new Map<string, number>();
  const written = items.map((item, index) => ranges[index] ?? [item]);
  for (const name of written.flatMap((ports) => ports.map(key))) {
    if (name !== undefined) count.set(name, (count.get(name) ?? 0) + 1);
  }
  const shared = (item: ComposeNode) => (count.get(key(item) ?? "") ?? 0) > 1;
  if (!written.some((ports) => ports.some(shared))) return items;
  return written.flatMap((ports, index) => (ports.some(shared) ? ports : (items[index] ?? [])));
}

function rangeOf(item: ComposeNode): ComposeNode[] | undefined {
  const text = textOf(item);
  const read = text?.includes("-") ? readShortPort(text) : undefined;
  // Of wide ranges only equal texts are taken for one: written out, they are more than a project may hold.
  if (read === undefined || read.count < 2 || read.count > mostWrittenOut) return undefined;
  return writtenOut(read).map((port) =>
    mappingNode(
      new Map(Object.entries(port).map(([name, value]) => [name, entryOf(scalarNode(value, item.span))] as const)),
      item.span,
    ),
  );
}
