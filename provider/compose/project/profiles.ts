import type { ComposeNode } from "../model";
import { type MappingNode, mapValues, textOf, unlessEmpty, valueAt, withEntry, withoutKeys } from "./nodes";

/**
 * A document with the services of the wanted profiles and those of none; `*` wants all. Where the text runs no profile
 * is asked for, so the mark goes. A dependency that is not required and left out goes, too.
 */
export function withProfiles(document: MappingNode, wanted: readonly string[]): MappingNode {
  const services = valueAt(document, "services");
  if (services?.kind !== "mapping") return document;
  const enabled = new Set([...services.entries].filter(([, { node }]) => isWanted(node, wanted)).map(([name]) => name));
  const left = mapValues(services, (service, name) => {
    if (!enabled.has(name)) return undefined;
    return service.kind === "mapping"
      ? withoutOptional(withoutKeys(service, ["profiles"]), services, enabled)
      : service;
  });
  return withEntry(document, "services", left);
}

function isWanted(service: ComposeNode, wanted: readonly string[]): boolean {
  const profiles = valueAt(service, "profiles");
  if (profiles?.kind !== "sequence" || profiles.items.length === 0) return true;
  // To Compose, whoever asks for no profile asks for the one whose name is empty.
  const asked = wanted.length === 0 ? [""] : wanted;
  return profiles.items.some((item) => asked.includes("*") || asked.includes(textOf(item) ?? "*"));
}

function withoutOptional(service: MappingNode, all: MappingNode, enabled: ReadonlySet<string>): MappingNode {
  const dependencies = valueAt(service, "depends_on");
  if (dependencies?.kind !== "mapping") return service;
  const left = mapValues(dependencies, (dependency, name) => {
    const required = valueAt(dependency, "required");
    const optional = required?.kind === "scalar" && required.value === false;
    return optional && all.entries.has(name) && !enabled.has(name) ? undefined : dependency;
  });
  return withEntry(service, "depends_on", unlessEmpty(left));
}
