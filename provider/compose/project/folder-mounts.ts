import { isAbsolute, relative, sep } from "node:path";
import { escapeDollars, unescapeDollars } from "../interpolation";
import type { ComposeNode } from "../model";
import { readVolume } from "../short-forms";
import { type MappingNode, mapValues, scalarNode, sequenceNode, textOf, valueAt, withEntry } from "./nodes";
import type { ProjectLocation } from "./project-location";

type Folders = Pick<ProjectLocation, "folder" | "named">;

/**
 * A document whose mounts of absolute paths in a folder of the project, such as `${PWD}/conf`, are relative ones: no other
 * machine has such a path.
 */
export function withFolderMounts(root: MappingNode, { folder, named }: Folders): MappingNode {
  const services = valueAt(root, "services");
  if (services?.kind !== "mapping") return root;
  const moved = mapValues(services, (service) =>
    service.kind === "mapping" ? ofService(service, { folder, named }) : service,
  );
  return withEntry(root, "services", moved);
}

function ofService(service: MappingNode, folders: Folders): MappingNode {
  const volumes = valueAt(service, "volumes");
  if (volumes?.kind !== "sequence") return service;
  const items = volumes.items.map((item) => (textOf(item) === undefined ? longMount : shortMount)(item, folders));
  const same = items.every((item, index) => item === volumes.items[index]);
  return same ? service : withEntry(service, "volumes", sequenceNode(items, volumes.span));
}

function shortMount(item: ComposeNode, folders: Folders): ComposeNode {
  const text = textOf(item) ?? "";
  const read = readVolume(text);
  if (item.kind !== "scalar" || typeof read === "string" || read.type !== "bind") return item;
  const inside = insideOf(folders, read.source);
  return inside === undefined ? item : { ...item, value: `${inside}${text.slice(read.source.length)}` };
}

function longMount(item: ComposeNode, folders: Folders): ComposeNode {
  const source = valueAt(item, "source");
  const inside = insideOf(folders, textOf(source) ?? "");
  if (item.kind !== "mapping" || textOf(valueAt(item, "type")) !== "bind") return item;
  if (source?.kind !== "scalar" || inside === undefined) return item;
  return withEntry(item, "source", scalarNode(inside, source.span, source.secret));
}

/** An absolute path as the project folder has it; `undefined` for one that lies in neither folder. */
function insideOf({ folder, named }: Folders, source: string): string | undefined {
  const path = unescapeDollars(source);
  if (!isAbsolute(path) || ![folder, named].some((parent) => `${path}/`.startsWith(`${parent}/`))) return undefined;
  const whole = relative(folder, path).split(sep).join("/");
  if (whole === "") return ".";
  // A slash at the end says that it is a folder.
  const inside = escapeDollars(path.endsWith("/") ? `${whole}/` : whole);
  return whole.startsWith("..") ? inside : `./${inside}`;
}
