import type { ComposeNode } from "../../model/model";
import { mountIn } from "../mounts";
import {
  containersOf,
  itemsOf,
  type MappingNode,
  mapValues,
  sourceOf,
  textOf,
  unlessEmpty,
  valueAt,
  withEntry,
} from "../nodes";

type Names = (service: ComposeNode) => readonly string[];

const USED_BY: Readonly<Record<string, Names>> = {
  networks: (service) => keysOrItems(valueAt(service, "networks"), true),
  models: (service) => keysOrItems(valueAt(service, "models")),
  configs: (service) => sources(valueAt(service, "configs")),
  secrets: (service) => [service, valueAt(service, "build")].flatMap((node) => sources(valueAt(node, "secrets"))),
  volumes: (service) => itemsOf(valueAt(service, "volumes")).map((item) => volumeOf(item) ?? ""),
};

/**
 * Removes the networks, volumes, configs, secrets and models that neither a container nor a build uses, because Compose
 * does not create them.
 */
export function withoutUnused(document: MappingNode): MappingNode {
  const containers = containersOf(document);
  if (containers.length === 0) return document;
  let result = document;
  for (const [section, names] of Object.entries(USED_BY)) {
    const declared = valueAt(document, section);
    if (declared?.kind !== "mapping") continue;
    const used = new Set(containers.flatMap(names));
    const left = mapValues(declared, (value, name) => (used.has(name) ? value : undefined));
    result = withEntry(result, section, unlessEmpty(left));
  }
  return result;
}

function keysOrItems(node: ComposeNode | undefined, fallback = false): readonly string[] {
  if (node?.kind === "mapping" && node.entries.size > 0) return [...node.entries.keys()];
  if (node?.kind === "sequence" && node.items.length > 0) return node.items.map((item) => textOf(item) ?? "");
  // A service without networks uses the default network.
  return fallback ? ["default"] : [];
}

function sources(node: ComposeNode | undefined): readonly string[] {
  return itemsOf(node).map((item) => sourceOf(item) ?? "");
}

function volumeOf(item: ComposeNode): string | undefined {
  const mount = mountIn(item);
  // Only a mount of type `volume` has the name of a volume as its source. The source of another mount may have the same
  // name by chance.
  return mount?.type === undefined || mount.type === "volume" ? mount?.source : undefined;
}
