import { type ComposePath, formatPath, type Span } from "../../diagnostics/position";
import { unescapeDollars } from "../../model/interpolation";
import { type ComposeNode, isNull } from "../../model/model";
import { valueOfText } from "../../model/typed-texts";
import { envEntries, type LocatedVariable } from "../files/env-files";
import type { ProjectContext } from "../files/reader";
import { keyValueMapping } from "../key-values";
import { entryOf, type MappingNode, mappingNode, textOf, valueAt, withEntry, withoutKeys } from "../nodes";
import { valueNode } from "../variables/environment";
import type { VariableLookup, VariableValue } from "../variables/template";

/** The reader, the collector and the variables for the files of a service. */
interface ServiceFilesContext extends ProjectContext {
  readonly lookup: VariableLookup;
}

/** A file in `env_file` or `label_file`. */
interface NamedFile {
  readonly path: string;
  readonly required: boolean;
  readonly format: ComposeNode | undefined;
  readonly span: Span;
  readonly at: ComposePath;
}

/**
 * Moves the variables in the `env_file` of a service into `environment`, and the labels in its `label_file` into
 * `labels`.
 */
export function withFiles(service: MappingNode, path: ComposePath, context: ServiceFilesContext): MappingNode {
  const environment = valueAt(service, "environment");
  const values = environment && keyValueMapping(environment);
  // Values in an env file may use the variables that `environment` of the service sets. If both `environment` and an
  // env file set a variable, the value in `environment` counts.
  const ownLookup: VariableLookup = (name) => context.lookup(name) ?? variableOf(valueAt(values, name));
  const variables = merge(service, path, "env_file", "environment", { ...context, lookup: ownLookup });
  const whole = merge(variables, path, "label_file", "labels", { ...context, lookup: () => undefined });
  return withoutKeys(
    whole,
    ["env_file", "label_file"].filter((key) => readable(valueAt(whole, key))),
  );
}

function variableOf(node: ComposeNode | undefined): VariableValue | undefined {
  if (node?.kind !== "scalar" || node.value === null) return undefined;
  return { text: unescapeDollars(String(node.value)), secret: node.secret === true };
}

/** Whether a list of files is valid. The schema reports an invalid list. */
function readable(node: ComposeNode | undefined): boolean {
  return node !== undefined && (isNull(node) || filesIn(node, []) !== undefined);
}

function merge(
  service: MappingNode,
  path: ComposePath,
  from: "env_file" | "label_file",
  into: string,
  context: ServiceFilesContext,
): MappingNode {
  const list = valueAt(service, from);
  const files = list === undefined ? undefined : filesIn(list, [...path, from]);
  if (list === undefined || files === undefined || context.collector.outgrown) return service;
  const base = valueAt(service, into);
  const written = base === undefined || isNull(base) ? mappingNode(new Map(), list.span) : keyValueMapping(base);
  if (written === undefined) return service;
  const variables = [...variablesOf(files, context)];
  const found = new Map(variables.map(([name, value]) => [name, entryOf(valueNode(value, value.span), value.span)]));
  const { weight } = mappingNode(found, list.span);
  if (found.size === 0 || !context.collector.grow(weight, { span: list.span, path: [...path, from] })) return service;
  // A variable in `environment` replaces the variable with the same name from an env file. This also holds for a
  // variable without a value. As in Compose, the container then gets the value from the machine that runs the services,
  // or no such variable.
  return withEntry(service, into, mappingNode(new Map([...found, ...written.entries]), written.span));
}

function variablesOf(files: readonly NamedFile[], { reader, collector, lookup }: ServiceFilesContext) {
  const all = new Map<string, LocatedVariable>();
  const earlier: VariableLookup = (name) => all.get(name);
  for (const { path, required, format, span, at } of files) {
    const whole = reader.resolve(reader.folder, path);
    if (!required && reader.stat(whole) === "missing") continue;
    const word = textOf(format);
    if (format !== undefined && word !== undefined && !["", ".env", "raw"].includes(word)) {
      const path = [...at, "format"];
      collector.add("LYC2107", `${formatPath(path)} must be .env or raw`, { span: format.span, path });
      continue;
    }
    const mention = { span, path: at };
    const kind = word === "raw" ? "raw" : "dotenv";
    for (const [name, found] of envEntries([whole], { reader, collector, mention, lookup, earlier, format: kind })) {
      all.set(name, found);
    }
  }
  return all;
}

function filesIn(node: ComposeNode, path: ComposePath): NamedFile[] | undefined {
  const items = node.kind === "sequence" ? node.items : [node];
  const files: NamedFile[] = [];
  for (const [index, item] of items.entries()) {
    const location = item.kind === "mapping" ? valueAt(item, "path") : item;
    const text = textOf(location);
    if (location === undefined || text === undefined) return undefined;
    const required = valueAt(item, "required");
    files.push({
      path: unescapeDollars(text),
      required: required?.kind !== "scalar" || valueOfText(String(required.value), "boolean") !== false,
      format: valueAt(item, "format"),
      span: location.span,
      at: node.kind === "sequence" ? [...path, index] : path,
    });
  }
  return files;
}
