import type { ComposePath } from "../../diagnostics/position";
import { cleanPath } from "../../model/file-paths";
import { type ItemKind, keysWith } from "../../model/keys";
import type { ComposeNode } from "../../model/model";
import { PatternTable } from "../../model/patterns";
import { readShortPort, writtenOut } from "../../short-forms/ports";
import { mountIn } from "../mounts";
import { mapValues, sequenceNode, sourceOf, textOf, valueAt } from "../nodes";
import { PortExpansion } from "./port-ranges";

/**
 * Returns a text for an item of a list. Items with equal texts count as the same. Returns `undefined` for an item that
 * is not valid.
 */
type Key = (item: ComposeNode) => string | undefined;

const KEY_OF: Readonly<Record<Exclude<ItemKind, "keyValue">, Key>> = {
  name: beforeEquals,
  scalar: scalarText,
  config: mountTarget(""),
  secret: mountTarget("/run/secrets"),
  envFile: (item) => textOf(item) ?? textOf(valueAt(item, "path")),
  port: portKey,
  volume: volumeTarget,
  device: deviceTarget,
};

/**
 * The lists in which Compose allows no repeated items. For each list: the function that returns the text by which two
 * items are compared. Lists of KEY=VALUE are missing, because they are already mappings.
 */
const keys = new PatternTable<Key>(
  keysWith("items").flatMap(([pattern, kind]) => (kind === "keyValue" ? [] : [[pattern, KEY_OF[kind]] as const])),
);

/**
 * Removes repeated items from lists in which Compose allows none. The last of the repeated items stays, at the position
 * of the first one.
 */
export function uniqueItems(root: ComposeNode): ComposeNode {
  const ports = new PortExpansion();
  const walk = (node: ComposeNode, path: ComposePath): ComposeNode => {
    if (node.kind === "mapping") return mapValues(node, (value, key) => walk(value, [...path, key]));
    const key = node.kind === "sequence" ? keys.at(path) : undefined;
    if (node.kind !== "sequence" || key === undefined) return node;
    const items = key === portKey ? ports.expand(node.items, portKey) : node.items;
    const unique: ComposeNode[] = [];
    const indices = new Map<string, number>();
    for (const item of items) {
      const name = key(item);
      const index = name === undefined ? undefined : indices.get(name);
      if (index !== undefined) unique[index] = item;
      else if (unique.push(item) && name !== undefined) indices.set(name, unique.length - 1);
    }
    return unique.length === node.items.length && items === node.items ? node : sequenceNode(unique, node.span);
  };
  return walk(root, []);
}

function beforeEquals(item: ComposeNode): string | undefined {
  return textOf(item)?.split("=", 1)[0];
}

function scalarText(item: ComposeNode): string | undefined {
  return item.kind === "scalar" && item.value !== null ? String(item.value) : undefined;
}

function mountTarget(folder: string): Key {
  return (item) => {
    const name = sourceOf(item);
    return textOf(valueAt(item, "target")) ?? (name === undefined ? undefined : `${folder}/${name}`);
  };
}

function volumeTarget(item: ComposeNode): string | undefined {
  const target = mountIn(item)?.target;
  // Before Compose compares targets, it shortens the targets in short syntax, but not those in long syntax.
  return target === undefined || item.kind === "mapping" ? target : cleanPath(target);
}

function deviceTarget(item: ComposeNode): string | undefined {
  const text = textOf(item);
  if (text === undefined) return textOf(valueAt(item, "target"));
  const [source, target] = text.split(":");
  return target ?? source;
}

function portKey(item: ComposeNode): string | undefined {
  if (item.kind === "mapping") {
    const part = (key: string) => scalarText(valueAt(item, key) ?? item) ?? "";
    const published = valueAt(item, "published");
    // The number 80 and the text "80" are different ports, because Compose compares the values before it converts
    // numbers to texts.
    const type = published?.kind === "scalar" && typeof published.value === "number" ? "number " : "";
    return `${part("host_ip") || "0.0.0.0"}:${type}${part("published")}:${part("target")}/${part("protocol") || "tcp"}`;
  }
  const text = scalarText(item);
  const read = text === undefined ? "" : readShortPort(text);
  if (typeof read === "string" || read.count > 1) return text;
  const [port] = writtenOut(read);
  return port === undefined
    ? text
    : `${port.host_ip ?? "0.0.0.0"}:${port.published ?? ""}:${port.target}/${port.protocol}`;
}
