import type { ComposePath, Span } from "../diagnostics/position";
import { type ComposeNode, type ComposeValue, plainValue } from "../model/model";
import { portCountOf } from "./typed-model";

/**
 * Returns the span of a value of a loaded project. The loaded project has short syntax in long form, and has defaults
 * such as the `mode` of a port. A value that no file has by itself has the span of the value around it: the target of
 * the port `"80:8080"` has the span of `"80:8080"`. Returns `undefined` if neither a file nor the
 * loaded project has the value.
 *
 * @param root the merged document, in which values still have their short syntax
 * @param isLoaded whether the loaded project has a value at the path; only then may the value around it give the span
 */
export function spanOf(root: ComposeNode, path: ComposePath, isLoaded: boolean): Span | undefined {
  let node = root;
  for (const [depth, step] of path.entries()) {
    const below = childOf(node, step, depth === 3 && path[2] === "ports");
    if (below === undefined) return isLoaded && depth > 1 ? node.span : undefined;
    node = below;
  }
  return node.span;
}

function childOf(node: ComposeNode, step: string | number, isPort: boolean): ComposeNode | undefined {
  if (node.kind === "mapping") return node.entries.get(String(step))?.node;
  if (node.kind !== "sequence") return undefined;
  if (isPort && typeof step === "number") return portAt(node.items, step);
  if (typeof step === "number") return node.items[step];
  // `root` may have a list of NAME=VALUE or of names (`depends_on`), which is a mapping in the loaded project. So
  // `step` is a NAME of the list.
  return node.items.find((item) => {
    const text = item.kind === "scalar" ? String(item.value) : "";
    return text === step || text.startsWith(`${step}=`);
  });
}

/**
 * Returns the item of `ports` from which the port at `index` of the loaded project comes. An item with a range becomes
 * several ports in the loaded project.
 */
function portAt(items: readonly ComposeNode[], index: number): ComposeNode | undefined {
  let left = index;
  return items.find((item) => {
    const value: ComposeValue = plainValue(item);
    left -= portCountOf(value);
    return left < 0;
  });
}
