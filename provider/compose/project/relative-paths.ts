import { join, posix, relative, sep } from "node:path";
import { isAbsolutePath, isRemoteContext } from "../file-paths";
import { escapeDollars } from "../interpolation";
import type { ComposeNode } from "../model";
import { readVolume } from "../short-forms";
import { type MappingNode, mapValues, scalarNode, sequenceNode, textOf, valueAt, withEntry } from "./nodes";

/**
 * A document with its relative paths as the project folder sees them: Compose reads those of an included or extended
 * file from that file's own folder.
 */
export function fromFolder(root: ComposeNode, folder: string, project: string): ComposeNode {
  const relativePath = relative(project, folder).split(sep).join("/");
  if (relativePath === "" || root.kind !== "mapping") return root;
  const move = (path: string): string => (isRelative(path) ? moved(escapeDollars(relativePath), path) : path);
  return mapValues(root, (value, section) => {
    if (value.kind !== "mapping") return value;
    switch (section) {
      case "services":
        return mapValues(value, (service) => (service.kind === "mapping" ? ofService(service, move) : service));
      case "configs":
      case "secrets":
        return mapValues(value, (entry) => at(entry, ["file"], move));
      case "volumes":
        return mapValues(value, (entry) => ofVolume(entry, move));
      default:
        return value;
    }
  });
}

/** An included document whose builds name their context: one that does not is built from the folder of that document. */
export function withBuildContexts(root: ComposeNode): ComposeNode {
  const services = valueAt(root, "services");
  if (root.kind !== "mapping" || services?.kind !== "mapping") return root;
  const named = mapValues(services, (service) => {
    const build = valueAt(service, "build");
    if (service.kind !== "mapping" || build?.kind !== "mapping" || build.entries.has("context")) return service;
    return withEntry(service, "build", withEntry(build, "context", scalarNode(".", build.span)));
  });
  return withEntry(root, "services", named);
}

/** `./` in front keeps a path from being taken for the name of a volume. */
function moved(folder: string, path: string): string {
  const whole = posix.normalize(posix.join(folder, path));
  return whole.startsWith("../") || whole === ".." ? whole : `./${whole.replace(/^\.\//, "")}`;
}

function isRelative(path: string): boolean {
  return path !== "" && !isAbsolutePath(path);
}

type Move = (path: string) => string;

function ofService(service: MappingNode, move: Move): ComposeNode {
  let result: ComposeNode = service;
  result = at(result, ["env_file"], move);
  result = at(result, ["label_file"], move);
  result = at(result, ["extends", "file"], move);
  result = ofBuild(result, move);
  result = items(result, "volumes", (item) => ofMount(item, move));
  const develop = valueAt(result, "develop");
  if (develop?.kind === "mapping" && result.kind === "mapping") {
    result = withEntry(
      result,
      "develop",
      items(develop, "watch", (item) => at(item, ["path"], move)),
    );
  }
  return result;
}

/** The texts at a place changed: one, those of a list, or the `path` of a long form. */
function at(node: ComposeNode, [step, ...rest]: readonly string[], move: Move): ComposeNode {
  if (step === undefined) return everyPath(node, move);
  const found = valueAt(node, step);
  return node.kind === "mapping" && found !== undefined ? withEntry(node, step, at(found, rest, move)) : node;
}

function everyPath(node: ComposeNode, move: Move): ComposeNode {
  const text = textOf(node);
  if (node.kind === "scalar") return text === undefined ? node : { ...node, value: move(text) };
  if (node.kind === "sequence")
    return sequenceNode(
      node.items.map((item) => everyPath(item, move)),
      node.span,
    );
  return at(node, ["path"], move);
}

function items(node: ComposeNode, key: string, change: (item: ComposeNode) => ComposeNode): ComposeNode {
  const list = valueAt(node, key);
  if (node.kind !== "mapping" || list?.kind !== "sequence") return node;
  return withEntry(node, key, sequenceNode(list.items.map(change), list.span));
}

function ofBuild(service: ComposeNode, move: Move): ComposeNode {
  const build = valueAt(service, "build");
  if (service.kind !== "mapping" || build === undefined) return service;
  const context: Move = (path) => (isRemoteContext(path) ? path : move(path));
  if (build.kind === "scalar") return withEntry(service, "build", everyPath(build, context));
  const contexts = valueAt(build, "additional_contexts");
  let result = at(build, ["context"], context);
  if (result.kind === "mapping" && contexts?.kind === "mapping") {
    result = withEntry(
      result,
      "additional_contexts",
      mapValues(contexts, (value) => everyPath(value, context)),
    );
  }
  return withEntry(service, "build", result);
}

function ofMount(item: ComposeNode, move: Move): ComposeNode {
  const text = textOf(item);
  if (text === undefined) return textOf(valueAt(item, "type")) === "bind" ? at(item, ["source"], move) : item;
  const read = readVolume(text);
  if (item.kind !== "scalar" || typeof read === "string" || read.type !== "bind" || !isRelative(read.source))
    return item;
  return { ...item, value: `${move(read.source)}${text.slice(read.source.length)}` };
}

/** A named volume may be a bind mount in disguise. */
function ofVolume(entry: ComposeNode, move: Move): ComposeNode {
  const options = valueAt(entry, "driver_opts");
  if (textOf(valueAt(entry, "driver")) !== "local" || textOf(valueAt(options, "o")) !== "bind") return entry;
  return at(entry, ["driver_opts", "device"], move);
}

/** The absolute path of one that a document of the project folder names, as it is written there. */
export function inProject(project: string, path: string): string {
  return posix.isAbsolute(path) ? path : join(project, path);
}
