import { escapeDollars, unescapeDollars } from "../interpolation";
import type { ComposeEntry, ComposeNode } from "../model";
import { formatPath, printableKey } from "../path";
import { decodeUtf8, largestComposeText } from "../text";
import { isTrue } from "../typed-texts";
import type { ProjectDiagnostics } from "./diagnostics";
import { resolvedContent } from "./environment";
import {
  entryOf,
  type MappingNode,
  mappingNode,
  mapValues,
  scalarNode,
  sequenceNode,
  textOf,
  valueAt,
  withEntry,
  withoutKeys,
} from "./nodes";
import type { ProjectReader } from "./reader";
import { inProject } from "./relative-paths";

interface Context {
  readonly reader: ProjectReader;
  readonly collector: ProjectDiagnostics;
}

type Kind = "configs" | "secrets";

/**
 * A document with the content of its files in it. A config takes it inline (`content`). A secret has no such key in the
 * Compose Specification, so it becomes a config that is mounted where the secret would be, which Docker treats alike:
 * both are copied into the container.
 */
export function withContents(document: MappingNode, context: Context): MappingNode {
  const contents = {
    configs: contentsOf(document, "configs", context),
    secrets: contentsOf(document, "secrets", context),
  };
  const names = configNames(document, [...contents.secrets.keys()]);
  let result = document;
  for (const kind of ["configs", "secrets"] as const) {
    const section = valueAt(document, kind);
    if (section?.kind !== "mapping" || contents[kind].size === 0) continue;
    const left = mapValues(section, (value, name) => {
      const content = contents[kind].get(name);
      if (content === undefined) return value;
      return kind === "secrets" || value.kind !== "mapping" ? undefined : inlined(value, content);
    });
    result = withEntry(result, kind, left.entries.size === 0 ? undefined : left);
  }
  if (contents.secrets.size > 0) result = withSecretConfigs(result, document, contents.secrets, names);
  const services = valueAt(result, "services");
  if (services?.kind !== "mapping") return result;
  const made = new Set([...contents.configs.keys(), ...names.values()]);
  const mounted = mapValues(services, (service, name) => {
    if (service.kind !== "mapping") return service;
    const whole = withMounts(service, names);
    reportReadOnly(whole, name, made, context.collector);
    return whole;
  });
  return withEntry(result, "services", mounted);
}

/** The content of each config or secret that has one here. */
function contentsOf(document: MappingNode, kind: Kind, context: Context): Map<string, ComposeNode> {
  const contents = new Map<string, ComposeNode>();
  const section = valueAt(document, kind);
  if (section?.kind !== "mapping") return contents;
  for (const [name, { node }] of section.entries) {
    const content = contentOf(node, kind, name, context);
    if (content !== undefined) contents.set(name, content);
  }
  return contents;
}

function contentOf(
  node: ComposeNode,
  kind: Kind,
  name: string,
  { reader, collector }: Context,
): ComposeNode | undefined {
  const resolved = valueAt(node, resolvedContent);
  const secret = kind === "secrets";
  if (resolved?.kind === "scalar") return secret ? { ...resolved, secret } : resolved;
  const variable = valueAt(node, "environment");
  const variableName = textOf(variable);
  // A name that is empty is not a name, which is reported for the secret.
  if (variable !== undefined && variableName !== undefined && variableName !== "") {
    const path = [kind, name, "environment"];
    const message = `${formatPath(path)} needs the variable ${printableKey(unescapeDollars(variableName))}, which is not set`;
    const remedy = `Give it a value: \`variables: { ${variableName}: … }\`.`;
    collector.add("LYC2309", message, { span: variable.span, path, remedy });
    return undefined;
  }
  const file = valueAt(node, "file");
  const written = textOf(file);
  if (file === undefined || written === undefined) return undefined;
  const path = [kind, name, "file"];
  const mention = { span: file.span, path };
  const whole = inProject(reader.folder, unescapeDollars(written));
  const bytes = reader.content(whole, mention, largestComposeText);
  if (bytes === undefined || !collector.grow(bytes.byteLength, mention)) return undefined;
  const text = decodeUtf8(bytes);
  if (text === undefined) {
    collector.add("LYC2511", `${formatPath(path)} is not UTF-8 text`, mention);
    return undefined;
  }
  if (secret) reader.secrets.add(text);
  return scalarNode(escapeDollars(keepMark(bytes, text)), file.span, secret);
}

/** Content is passed on as it is, a byte order mark included. */
function keepMark(bytes: Uint8Array, text: string): string {
  return bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? `\ufeff${text}` : text;
}

function inlined(config: MappingNode, content: ComposeNode): MappingNode {
  const entry = config.entries.get("file") ?? config.entries.get("environment");
  const bare = withoutKeys(config, ["file", "environment", resolvedContent]);
  return mappingNode(new Map([...bare.entries, ["content", entryOf(content, entry?.keySpan)]]), config.span);
}

/** Names of the configs that take the place of secrets. */
function configNames(document: MappingNode, secrets: readonly string[]): Map<string, string> {
  const configs = valueAt(document, "configs");
  const taken = new Set(configs?.kind === "mapping" ? configs.entries.keys() : []);
  const names = new Map<string, string>();
  for (const secret of secrets) {
    let name = `secret_${secret}`;
    while (taken.has(name)) name = `${name}_`;
    taken.add(name);
    names.set(secret, name);
  }
  return names;
}

function withSecretConfigs(
  document: MappingNode,
  source: MappingNode,
  contents: ReadonlyMap<string, ComposeNode>,
  names: ReadonlyMap<string, string>,
): MappingNode {
  const configs = valueAt(document, "configs");
  const entries = new Map<string, ComposeEntry>(configs?.kind === "mapping" ? configs.entries : []);
  const secrets = valueAt(source, "secrets");
  for (const [secret, content] of contents) {
    const entry = secrets?.kind === "mapping" ? secrets.entries.get(secret) : undefined;
    const config = mappingNode(new Map([["content", entryOf(content)]]), content.span);
    entries.set(names.get(secret) ?? secret, entryOf(config, entry?.keySpan));
  }
  return withEntry(document, "configs", mappingNode(entries, configs?.span ?? source.span));
}

/** A service whose secrets with content here are configs, mounted where the secrets would be. */
function withMounts(service: MappingNode, names: ReadonlyMap<string, string>): MappingNode {
  const secrets = valueAt(service, "secrets");
  if (secrets?.kind !== "sequence") return service;
  const [moved, left]: [ComposeNode[], ComposeNode[]] = [[], []];
  for (const item of secrets.items) {
    const source = textOf(item) ?? textOf(valueAt(item, "source"));
    const name = source === undefined ? undefined : names.get(source);
    if (source === undefined || name === undefined) left.push(item);
    else moved.push(mountOf(item, source, name));
  }
  if (moved.length === 0) return service;
  const configs = valueAt(service, "configs");
  const own = configs?.kind === "sequence" ? configs.items : [];
  const bare = withEntry(service, "secrets", left.length === 0 ? undefined : sequenceNode(left, secrets.span));
  return withEntry(bare, "configs", sequenceNode([...own, ...moved], configs?.span ?? secrets.span));
}

function mountOf(item: ComposeNode, source: string, name: string): ComposeNode {
  const target = textOf(valueAt(item, "target")) ?? source;
  const whole = target.startsWith("/") ? target : `/run/secrets/${target}`;
  const entries = new Map<string, ComposeEntry>([
    ["source", entryOf(scalarNode(name, item.span))],
    ["target", entryOf(scalarNode(whole, item.span))],
  ]);
  if (item.kind === "mapping") {
    for (const key of ["uid", "gid", "mode"]) {
      const entry = item.entries.get(key);
      if (entry !== undefined) entries.set(key, entry);
    }
  }
  return mappingNode(entries, item.span);
}

/** Docker copies content into a container that it has made, and cannot when its files may not be written. */
function reportReadOnly(
  service: MappingNode,
  name: string,
  made: ReadonlySet<string>,
  collector: ProjectDiagnostics,
): void {
  const readOnly = service.entries.get("read_only");
  if (readOnly?.node.kind !== "scalar" || !isTrue(String(readOnly.node.value))) return;
  const configs = valueAt(service, "configs");
  if (configs?.kind !== "sequence") return;
  const uses = configs.items.some((item) => made.has(textOf(item) ?? textOf(valueAt(item, "source")) ?? ""));
  if (!uses) return;
  const path = ["services", name, "read_only"];
  const message = `${formatPath(path)} keeps configs and secrets from being written into the container`;
  collector.add("LYC2512", message, { span: readOnly.node.span, path });
}
