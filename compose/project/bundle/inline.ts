import { type ComposePath, formatPath } from "../../diagnostics/position";
import { escapeDollars, unescapeDollars } from "../../model/interpolation";
import type { ComposeNode } from "../../model/model";
import { decodeUtf8, LARGEST_COMPOSE_TEXT } from "../../yaml/text";
import type { ProjectDiagnostics } from "../diagnostics";
import type { ProjectContext } from "../files/reader";
import {
  entriesOf,
  entryOf,
  isYes,
  itemsOf,
  type MappingNode,
  mapContainers,
  mappingNode,
  mappingOf,
  mapValues,
  scalarNode,
  sequenceNode,
  sourceOf,
  textOf,
  unlessEmpty,
  valueAt,
  withEntry,
  withoutKeys,
} from "../nodes";
import { RESOLVED_CONTENT } from "../variables/environment";
import { requiredVariable } from "../variables/interpolate";

type Kind = "configs" | "secrets";

/**
 * Puts the content of configs and secrets that comes from a file or a variable into the document. A config gets the key
 * `content`. A secret cannot have this key, and becomes a config at the same path in the container. Docker copies
 * configs and secrets in the same way.
 */
export function withContents(document: MappingNode, context: ProjectContext): MappingNode {
  const configs = contentsOf(document, "configs", context);
  const secrets = contentsOf(document, "secrets", context);
  const names = configNames(document, [...secrets.keys()]);
  const inline = changeSection(document, "configs", (config, name) => {
    const content = configs.get(name);
    return content === undefined || config.kind !== "mapping" ? config : inlined(config, content);
  });
  const bare = changeSection(inline, "secrets", (secret, name) => (secrets.has(name) ? undefined : secret));
  const whole = secrets.size === 0 ? bare : withSecretConfigs(bare, document, secrets, names);
  const made = new Set([...configs.keys(), ...names.values()]);
  return mapContainers(whole, (container, at) => {
    const mounted = withMounts(container, names);
    reportReadOnly(mounted, at, made, context.collector);
    return mounted;
  });
}

/** Returns the content of each config or secret that comes from a local file or from a variable. */
function contentsOf(document: MappingNode, kind: Kind, context: ProjectContext): Map<string, ComposeNode> {
  const contents = new Map<string, ComposeNode>();
  for (const [name, { node }] of entriesOf(valueAt(document, kind))) {
    const content = contentOf(node, kind, name, context);
    if (content !== undefined) contents.set(name, content);
  }
  return contents;
}

function changeSection(
  document: MappingNode,
  kind: Kind,
  change: (value: ComposeNode, name: string) => ComposeNode | undefined,
): MappingNode {
  const section = valueAt(document, kind);
  return section?.kind === "mapping" ? withEntry(document, kind, unlessEmpty(mapValues(section, change))) : document;
}

function contentOf(
  node: ComposeNode,
  kind: Kind,
  name: string,
  { reader, collector }: ProjectContext,
): ComposeNode | undefined {
  const resolved = valueAt(node, RESOLVED_CONTENT);
  const isSecret = kind === "secrets";
  if (resolved?.kind === "scalar") {
    if (!isSecret) return resolved;
    // The content of a Compose secret is a secret value, even if the caller does not mark the variable as secret.
    reader.secrets.add(unescapeDollars(textOf(resolved) ?? ""));
    return { ...resolved, secret: true };
  }
  const variable = valueAt(node, "environment");
  const variableName = textOf(variable);
  // The validation of secrets reports an empty name.
  if (variable !== undefined && variableName !== undefined && variableName !== "") {
    const path = [kind, name, "environment"];
    const [message, remedy] = requiredVariable(unescapeDollars(variableName));
    collector.add("LYC2309", `${formatPath(path)} ${message}`, { span: variable.span, path, ...remedy });
    return undefined;
  }
  const file = valueAt(node, "file");
  const written = textOf(file);
  if (file === undefined || written === undefined) return undefined;
  const path = [kind, name, "file"];
  const mention = { span: file.span, path };
  const whole = reader.resolve(reader.folder, unescapeDollars(written));
  const bytes = reader.content(whole, mention, LARGEST_COMPOSE_TEXT);
  if (bytes === undefined || !collector.grow(bytes.byteLength, mention)) return undefined;
  const text = decodeUtf8(bytes, true);
  if (text === undefined) {
    collector.add("LYC2511", `${formatPath(path)} is not UTF-8 text`, mention);
    return undefined;
  }
  // Messages and output must not show a secret value. Of a Compose secret, this is the whole content. Of a config, it
  // is only what the rules find, such as the value after `password=`.
  if (isSecret) reader.secrets.add(text.replace(/^\ufeff/, ""));
  reader.addSecretsOf(text.replace(/^\ufeff/, ""), { file: written });
  // The scalar is marked as secret as a whole, also for a config: the rules may miss a secret in it, and the model
  // needs no part of it.
  return scalarNode(escapeDollars(text), file.span, true);
}

function inlined(config: MappingNode, content: ComposeNode): MappingNode {
  const entry = config.entries.get("file") ?? config.entries.get("environment");
  const bare = withoutKeys(config, ["file", "environment", RESOLVED_CONTENT]);
  return mappingNode(new Map([...bare.entries, ["content", entryOf(content, entry?.keySpan)]]), config.span);
}

/** Returns the names of the configs that replace secrets. */
function configNames(document: MappingNode, secrets: readonly string[]): Map<string, string> {
  const taken = new Set(entriesOf(valueAt(document, "configs")).keys());
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
  const entries = new Map(entriesOf(configs));
  const secrets = entriesOf(valueAt(source, "secrets"));
  for (const [secret, content] of contents) {
    const config = mappingOf({ content }, content.span);
    entries.set(names.get(secret) ?? secret, entryOf(config, secrets.get(secret)?.keySpan));
  }
  return withEntry(document, "configs", mappingNode(entries, configs?.span ?? source.span));
}

/** Replaces the secrets of a service by configs at the same paths in the container. Secrets without content stay. */
function withMounts(service: MappingNode, names: ReadonlyMap<string, string>): MappingNode {
  const secrets = valueAt(service, "secrets");
  if (secrets?.kind !== "sequence") return service;
  const [moved, left]: [ComposeNode[], ComposeNode[]] = [[], []];
  for (const item of secrets.items) {
    const source = sourceOf(item);
    const name = source === undefined ? undefined : names.get(source);
    if (source === undefined || name === undefined) left.push(item);
    else moved.push(mountOf(item, source, name));
  }
  if (moved.length === 0) return service;
  const configs = valueAt(service, "configs");
  const bare = withEntry(service, "secrets", unlessEmpty(sequenceNode(left, secrets.span)));
  return withEntry(bare, "configs", sequenceNode([...itemsOf(configs), ...moved], configs?.span ?? secrets.span));
}

function mountOf(item: ComposeNode, source: string, name: string): ComposeNode {
  const target = textOf(valueAt(item, "target")) ?? source;
  const whole = target.startsWith("/") ? target : `/run/secrets/${target}`;
  const owner = [...entriesOf(item)].filter(([key]) => ["uid", "gid", "mode"].includes(key));
  const mount = mappingOf({ source: name, target: whole }, item.span);
  return mappingNode(new Map([...mount.entries, ...owner]), item.span);
}

/**
 * Reports a service that has a read-only file system and uses one of the configs in `made`. Docker copies the content
 * of a config into a container after it creates the container. With a read-only file system, this copy fails. `made`
 * has the secrets too: they have become configs.
 */
function reportReadOnly(
  service: MappingNode,
  at: ComposePath,
  made: ReadonlySet<string>,
  collector: ProjectDiagnostics,
): void {
  const readOnly = valueAt(service, "read_only");
  const uses = itemsOf(valueAt(service, "configs")).some((item) => made.has(sourceOf(item) ?? ""));
  if (!uses || readOnly === undefined || !isYes(readOnly)) return;
  const path = [...at, "read_only"];
  const message = `${formatPath(path)} keeps configs and secrets from being written into the container`;
  collector.add("LYC2512", message, { span: readOnly.span, path });
}
