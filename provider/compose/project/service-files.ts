import { unescapeDollars } from "../interpolation";
import { type ComposeEntry, type ComposeNode, isNull } from "../model";
import { type ComposePath, formatPath } from "../path";
import type { ProjectDiagnostics } from "./diagnostics";
import { type EnvFileContext, envEntries } from "./env-files";
import { valueNode } from "./environment";
import { keyValueMapping } from "./key-values";
import { entryOf, type MappingNode, mappingNode, textOf, valueAt, withEntry, withoutKeys } from "./nodes";
import type { ProjectReader } from "./reader";
import { inProject } from "./relative-paths";
import type { VariableLookup } from "./template";

interface Context {
  readonly reader: ProjectReader;
  readonly collector: ProjectDiagnostics;
  readonly lookup: VariableLookup;
}

/** One file of `env_file` or `label_file`. */
interface NamedFile {
  readonly path: string;
  readonly required: boolean;
  readonly format: ComposeNode | undefined;
  readonly location: ComposeNode;
  readonly at: ComposePath;
}

/** A service with what its `env_file` sets in `environment`, and what its `label_file` sets in `labels`. */
export function withFiles(service: MappingNode, path: ComposePath, context: Context): MappingNode {
  const environment = valuesOf(valueAt(service, "environment"));
  // What the service sets itself is known to the files, and wins over them.
  const ownLookup: VariableLookup = (name) => context.lookup(name) ?? own(environment, name);
  let result = merge(service, path, "env_file", "environment", { ...context, lookup: ownLookup });
  result = merge(result, path, "label_file", "labels", { ...context, lookup: () => undefined });
  return withoutKeys(
    result,
    ["env_file", "label_file"].filter((key) => readable(valueAt(result, key))),
  );
}

function valuesOf(node: ComposeNode | undefined): MappingNode | undefined {
  return node === undefined ? undefined : keyValueMapping(node);
}

function own(environment: MappingNode | undefined, name: string) {
  const node = environment?.entries.get(name)?.node;
  if (node?.kind !== "scalar" || node.value === null) return undefined;
  return { text: unescapeDollars(String(node.value)), secret: node.secret === true };
}

/** Whether a list of files is in a form that was understood; another one is left for its schema to report. */
function readable(node: ComposeNode | undefined): boolean {
  return node !== undefined && (isNull(node) || filesIn(node, []) !== undefined);
}

function merge(
  service: MappingNode,
  path: ComposePath,
  from: "env_file" | "label_file",
  into: string,
  context: Context,
): MappingNode {
  const list = valueAt(service, from);
  const files = list === undefined ? undefined : filesIn(list, [...path, from]);
  const mention = { span: list?.span ?? service.span, path: [...path, from] };
  if (list === undefined || files === undefined || context.collector.outgrown) return service;
  const base = valueAt(service, into);
  const written = base === undefined || isNull(base) ? mappingNode(new Map(), list.span) : keyValueMapping(base);
  if (written === undefined) return service;
  const entries = new Map<string, ComposeEntry>();
  for (const [name, found] of variablesOf(files, context)) {
    entries.set(name, entryOf(valueNode(found, found.span), found.span));
  }
  const found = mappingNode(entries, list.span);
  if (entries.size === 0 || !context.collector.grow(found.weight, mention)) return service;
  for (const [name, entry] of written.entries) {
    // Also without a value: as with Compose, the container then has the name only if its host does.
    entries.set(name, entry);
  }
  return withEntry(service, into, mappingNode(entries, written.span));
}

function variablesOf(files: readonly NamedFile[], { reader, collector, lookup }: Context) {
  const all = new Map<string, ReturnType<typeof envEntries> extends Map<string, infer Entry> ? Entry : never>();
  const earlier: VariableLookup = (name) => all.get(name);
  for (const { path, required, format, location, at } of files) {
    const whole = inProject(reader.folder, path);
    if (!required && reader.stat(whole) === "missing") continue;
    const span = location.kind === "scalar" ? location.span : { start: location.span.start, end: location.span.start };
    const mention = { span, path: at };
    const word = textOf(format);
    if (format !== undefined && word !== undefined && !["", ".env", "raw"].includes(word)) {
      const path = [...at, "format"];
      collector.add("LYC2107", `${formatPath(path)} must be .env or raw`, { span: format.span, path });
      continue;
    }
    const kind = word === "raw" ? "raw" : "dotenv";
    const context: EnvFileContext = { reader, collector, mention, lookup, earlier, format: kind };
    for (const [name, found] of envEntries([whole], context)) all.set(name, found);
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
      required: !(required?.kind === "scalar" && /^(false|n|no|off)$/i.test(String(required.value))),
      format: valueAt(item, "format"),
      location,
      at: node.kind === "sequence" ? [...path, index] : path,
    });
  }
  return files;
}
