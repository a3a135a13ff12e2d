import { escapeDollars, unescapeDollars } from "../../model/interpolation";
import { type ComposeEntry, type ComposeNode, isNull } from "../../model/model";
import { hasOddItems, keyValueMapping } from "../key-values";
import {
  changeAt,
  changeWorkloads,
  type MappingNode,
  mappingNode,
  mapValues,
  scalarNode,
  textOf,
  valueAt,
  withEntry,
} from "../nodes";
import type { VariableLookup, VariableValue } from "./template";

/**
 * Replaces missing values by the values of variables. A name without a value in `environment` gets the value of the
 * variable with this name, and stays as it is if the variable is not set. A config or secret with `environment: NAME`
 * gets the value of the variable `NAME` as its content.
 */
export function resolveEnvironment(root: ComposeNode, lookup: VariableLookup): ComposeNode {
  const environment = changeWorkloads(root, "environment", (node) =>
    changeKeyValues(node, (values) => withValues(values, lookup)),
  );
  const configs = changeAt(environment, "configs.*", (entry) => contentOf(entry, lookup));
  return changeAt(configs, "secrets.*", (entry) => contentOf(entry, lookup));
}

/**
 * Gives each build argument without a value the value of the variable with this name. If the variable is not set, the
 * argument is removed.
 *
 * @param lookup finds the variables of the main project; as in Compose, it does not find variables from the env files
 *   of included projects
 */
export function resolveBuildArguments(root: ComposeNode, lookup: VariableLookup): ComposeNode {
  const known = (values: MappingNode) =>
    mapValues(withValues(values, lookup), (value) => (isNull(value) ? undefined : value));
  return changeWorkloads(root, "build.args", (values) => changeKeyValues(values, known));
}

function changeKeyValues(values: ComposeNode, change: (values: MappingNode) => MappingNode): ComposeNode {
  // Validation still has to report an item with a name that Compose refuses. So a list with such an item is not changed
  // to a mapping.
  const mapping = hasOddItems(values) ? undefined : keyValueMapping(values);
  return mapping === undefined ? values : change(mapping);
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

/** Makes a scalar from the value of a variable. */
export function valueNode(found: VariableValue, span: ComposeEntry["keySpan"]): ComposeNode {
  return scalarNode(escapeDollars(found.text), span, found.secret);
}

function contentOf(entry: ComposeNode, lookup: VariableLookup): ComposeNode {
  const variable = valueAt(entry, "environment");
  const name = textOf(variable);
  const found = name === undefined ? undefined : lookup(unescapeDollars(name));
  if (entry.kind !== "mapping" || variable === undefined || found === undefined) return entry;
  return withEntry(entry, RESOLVED_CONTENT, valueNode(found, variable.span));
}

/**
 * The key for content that comes from a variable or from a mounted file. No text of a user can contain this key,
 * because YAML allows no character U+0000.
 */
export const RESOLVED_CONTENT = "x-\u0000content";
