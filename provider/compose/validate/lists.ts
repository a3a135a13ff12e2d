// Apart from the validation: the probe writes lists, too.

/** `a, b or c` */
export function orList(items: readonly string[]): string {
  return joinList(items, "or");
}

/** `a, b and c` */
export function andList(items: readonly string[]): string {
  return joinList(items, "and");
}

function joinList(items: readonly string[], word: string): string {
  if (items.length <= 1) return items[0] ?? "";
  return `${items.slice(0, -1).join(", ")} ${word} ${items.at(-1)}`;
}
