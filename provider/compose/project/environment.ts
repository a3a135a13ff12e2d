import { escapeDollars, unescapeDollars } from "../interpolation";
import { type ComposeEntry, type ComposeNode, isNull } from "../model";
import { hasOddItems, keyValueMapping } from "./key-values";
import { type MappingNode, mappingNode, mapValues, scalarNode, textOf, valueAt, withEntry } from "./nodes";
import type { VariableLookup, VariableValue } from "./template";

/**
 * A document with the names in `environment` that have no value given the one of the variable, and configs and secrets
 * that name a variable given its content. A name without a variable stays: the container has it only if its host does.
 */
export function resolveEnvironment(root: ComposeNode, lookup: VariableLookup): ComposeNode {
  if (root.kind !== "mapping") return root;
  return mapValues(root, (value, section) => {
    if (value.kind !== "mapping") return value;
    if (section === "services") {
      return mapValues(value, (service) =>
        service.kind === "mapping"
          ? withVariables(service, "environment", (values) => withValues(values, lookup))
          : service,
      );
    }
    if (section === "configs" || section === "secrets") return mapValues(value, (entry) => contentOf(entry, lookup));
    return value;
  });
}

/**
 * A document with the arguments of builds that have no value given the one of the variable; one without a variable goes.
 * Compose looks only once the project is whole: variables of an included project's own files do not count.
 */
export function resolveBuildArguments(root: ComposeNode, lookup: VariableLookup): ComposeNode {
  const services = valueAt(root, "services");
  if (root.kind !== "mapping" || services?.kind !== "mapping") return root;
  const resolved = mapValues(services, (service) => {
    const build = valueAt(service, "build");
    if (service.kind !== "mapping" || build?.kind !== "mapping") return service;
    const known = (values: MappingNode) =>
      mapValues(withValues(values, lookup), (value) => (isNull(value) ? undefined : value));
    return withEntry(service, "build", withVariables(build, "args", known));
  });
  return withEntry(root, "services", resolved);
}

function withVariables(node: MappingNode, key: string, change: (values: MappingNode) => MappingNode): MappingNode {
  const values = valueAt(node, key);
  // Names that Compose refuses are for the validation to report, which has to see the list.
  const mapping = values === undefined || hasOddItems(values) ? undefined : keyValueMapping(values);
  return mapping === undefined ? node : withEntry(node, key, change(mapping));
}

function withValues(mapping: MappingNode, lookup: VariableLookup): MappingNode {
  const entries = new Map<string, ComposeEntry>();
  let changed = false;
  for (const [key, entry] of mapping.entries) {
    const found = isNull(entry.node) ? lookup(key) : undefined;
    changed ||= found !== undefined;
    entries.set(key, found === undefined ? entry : { ...entry, node: valueNode(found, entry.keySpan) });
  }
  return changed ? mappingNode(entries, mapping.span) : mapping;
}

/** A variable's value as a text of the document. */
export function valueNode(found: VariableValue, span: ComposeEntry["keySpan"]): ComposeNode {
  return scalarNode(escapeDollars(found.text), span, found.secret);
}

function contentOf(entry: ComposeNode, lookup: VariableLookup): ComposeNode {
  const variable = textOf(valueAt(entry, "environment"));
  const found = variable === undefined ? undefined : lookup(unescapeDollars(variable));
  const location = valueAt(entry, "environment");
  if (entry.kind !== "mapping" || found === undefined || location === undefined) return entry;
  // A second source is reported by the validation, who has to see both.
  if (entry.entries.has("file") || entry.entries.has("content")) return entry;
  return withEntry(entry, resolvedContent, valueNode(found, location.span));
}

/** Holds the content of a config or secret that has been had from a variable; no key of a document. */
export const resolvedContent = "x-\u0000content";
