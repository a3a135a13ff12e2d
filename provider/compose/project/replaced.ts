import type { ComposeNode } from "../model";
import type { ComposePath } from "../path";
import { mapValues } from "./nodes";

/**
 * A tree without what a later file tags `!reset` or `!override`. Items of lists are not taken out: Compose does not do
 * it either.
 */
export function withoutReplaced(root: ComposeNode, replaced: readonly ComposePath[]): ComposeNode {
  const wanted = replaced.filter((path) => path.length > 0 && path.every((step) => typeof step === "string"));
  return wanted.length === 0 ? root : without(root, wanted as readonly (readonly string[])[]);
}

function without(node: ComposeNode, paths: readonly (readonly string[])[]): ComposeNode {
  if (node.kind !== "mapping") return node;
  const below = new Map<string, (readonly string[])[]>();
  for (const [key, ...rest] of paths) {
    if (key !== undefined) below.set(key, [...(below.get(key) ?? []), rest]);
  }
  return mapValues(node, (value, key) => {
    const rests = below.get(key);
    if (rests === undefined) return value;
    return rests.some((rest) => rest.length === 0) ? undefined : without(value, rests);
  });
}

/** The paths that lie below one, without it. */
export function replacedBelow(replaced: readonly ComposePath[], path: ComposePath): ComposePath[] {
  return replaced
    .filter((found) => found.length > path.length && path.every((step, index) => found[index] === step))
    .map((found) => found.slice(path.length));
}
