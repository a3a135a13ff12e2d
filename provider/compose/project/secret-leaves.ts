import type { ComposeNode } from "../model";
import { mapItems, mapValues } from "./nodes";

/** Whether a value of a tree holds a secret. */
export function holdsSecret(node: ComposeNode): boolean {
  if (node.kind === "scalar") return node.secret === true;
  if (node.kind === "sequence") return node.items.some(holdsSecret);
  return [...node.entries.values()].some((entry) => holdsSecret(entry.node));
}

/** A tree with every value that holds a secret replaced. */
export function withSecretsReplaced(node: ComposeNode, replace: (value: string) => string): ComposeNode {
  if (node.kind === "scalar") {
    return node.secret === true ? { ...node, value: replace(String(node.value)), style: "quoted" } : node;
  }
  if (node.kind === "mapping") return mapValues(node, (value) => withSecretsReplaced(value, replace));
  return mapItems(node, (item) => withSecretsReplaced(item, replace));
}
