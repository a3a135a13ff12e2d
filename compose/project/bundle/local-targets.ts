import type { ComposePath, Span } from "../../diagnostics/position";
import { cleanPath } from "../../model/file-paths";
import { unescapeDollars } from "../../model/interpolation";
import type { ComposeNode } from "../../model/model";
import { mountIn } from "../mounts";
import { entriesOf, isYes, itemsOf, type MappingNode, textOf, valueAt } from "../nodes";

/** A path in a container where a service mounts something, such as a volume. */
export interface Place {
  readonly path: string;
  /** Why no config can be written at or below the path, as text after its name. */
  readonly reason?: string;
}

/** The services whose mounts are used by other services (`volumes_from`), by name. */
export function sharedServices(document: MappingNode): ReadonlySet<string> {
  const services = [...entriesOf(valueAt(document, "services")).values()];
  const lists = services.map(({ node }) => itemsOf(valueAt(node, "volumes_from")));
  return new Set(lists.flat().map((item) => textOf(item)?.split(":")[0] ?? ""));
}

/**
 * The paths of a service's mounts, tmpfs, configs and secrets. Docker copies configs into the container before it
 * starts it. It cannot copy into a read-only mount. A tmpfs is mounted later, and hides what was copied.
 */
export function placesOf(service: MappingNode): Place[] {
  const tmpfs = valueAt(service, "tmpfs");
  return [
    ...(tmpfs?.kind === "scalar" ? [tmpfs] : itemsOf(tmpfs)).flatMap((item) =>
      placeAt(textOf(item)?.split(":")[0], TMPFS_REASON),
    ),
    ...itemsOf(valueAt(service, "volumes")).flatMap(ofMount),
    ...itemsOf(valueAt(service, "configs")).flatMap((item) => ofFile(item, "/", "config")),
    ...itemsOf(valueAt(service, "secrets")).flatMap((item) => ofFile(item, "/run/secrets/", "secret")),
  ];
}

/** Why nothing can be copied to a target. `undefined` if copying works. */
export function hiddenBy(target: string, places: readonly Place[]): string | undefined {
  return places.find(({ path, reason }) => reason !== undefined && isWithin(target, path))?.reason;
}

/** Whether another mount hides a file of a folder that is mounted at the target. */
export function isCovered(file: string, target: string, places: readonly Place[]): boolean {
  return places.some(({ path }) => path !== target && isWithin(path, target) && isWithin(file, path));
}

function isWithin(path: string, folder: string): boolean {
  return path === folder || path.startsWith(folder === "/" ? "/" : `${folder}/`);
}

const TMPFS_REASON = "a tmpfs of the service hides";
const VOLUME_REASON = "cannot be copied into a read-only volume of the service";
const MOUNT_REASON = "cannot be copied into a read-only mount of the service";

function ofMount(item: ComposeNode): Place[] {
  const mount = mountIn(item);
  if (mount?.type === "tmpfs") return placeAt(mount.target, TMPFS_REASON);
  const readOnly = mount?.type === "volume" ? VOLUME_REASON : MOUNT_REASON;
  return placeAt(mount?.target, mount?.readOnly ? readOnly : undefined);
}

function ofFile(item: ComposeNode, folder: string, kind: string): Place[] {
  const target = textOf(item) ?? textOf(valueAt(item, "target")) ?? textOf(valueAt(item, "source")) ?? "";
  const whole = target === "" || target.startsWith("/") ? target : `${folder}${target}`;
  return placeAt(whole, `a ${kind} of the service takes the place of`);
}

function placeAt(target: string | undefined, reason: string | undefined): Place[] {
  if (target === undefined || target === "") return [];
  return [{ path: cleanPath(target), ...(reason === undefined ? {} : { reason }) }];
}

/** A mount of a path of the project, in short or long syntax. */
export interface LocalMount {
  readonly item: ComposeNode;
  /** The source as it is written, except that `$$` is one dollar sign. */
  readonly source: string;
  readonly target: string;
  readonly readOnly: boolean;
  /** Whether Docker creates a folder if the source is missing. */
  readonly mayBeMissing: boolean;
  /** The position for a diagnostic about the source. */
  readonly span: Span;
  readonly path: ComposePath;
}

/**
 * Reads a mount of a local path. `undefined` for any other mount. A path that starts with `/` is on the remote machine.
 */
export function localMount(item: ComposeNode, path: ComposePath): LocalMount | undefined {
  const { type, source, target, readOnly = false } = mountIn(item) ?? {};
  if (type !== "bind" || !source || !target || source.startsWith("/")) return undefined;
  const create = valueAt(valueAt(item, "bind"), "create_host_path");
  const long = valueAt(item, "source");
  return {
    item,
    source: unescapeDollars(source),
    target,
    readOnly,
    mayBeMissing: create === undefined || isYes(create),
    span: (long ?? item).span,
    path: long === undefined ? path : [...path, "source"],
  };
}

/**
 * Whether a missing source looks like a file. A file has an ending such as `.conf`, or a name such as `Caddyfile`. A
 * path with a slash at the end is a folder, and so is a name such as `conf.d` or `peer0.example.com`. If source and
 * target have the same name without these marks, such as `./data:/data`, it is a folder.
 */
export function namesFile({ source, target }: Pick<LocalMount, "source" | "target">): boolean {
  const names = [source, target].map((path) => path.slice(path.lastIndexOf("/") + 1));
  if (names.some((name) => name === "" || name === "." || name === ".." || name.endsWith(".d"))) return false;
  return names.some((name) => /[^.]\.[A-Za-z]\w{0,9}$|^\.env$|[a-z]file$/.test(name) && !HOST_NAME.test(name));
}

/** A host name, such as `peer0.example.com`. Folders often have such names, and files do not. */
const HOST_NAME = /^[\w-]+\.(?:[\w-]+\.)*(?:com|net)$|^[\w-]+(?:\.[\w-]+)+\.(?:org|io|edu|gov|local|lan|internal)$/i;
