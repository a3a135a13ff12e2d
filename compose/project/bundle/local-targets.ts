import type { ComposePath, Span } from "../../diagnostics/position";
import { cleanPath } from "../../model/file-paths";
import { unescapeDollars } from "../../model/interpolation";
import type { ComposeNode } from "../../model/model";
import { mountIn } from "../mounts";
import { isYes, itemsOf, type MappingNode, textOf, valueAt, workloadsOf } from "../nodes";

/** A path in a container at which a service mounts something, such as a volume. */
export interface Place {
  readonly path: string;
  /**
   * Why no config can be written at this path or below it. In a message, this text follows the path of the config.
   * Absent if configs can be written at this path.
   */
  readonly reason?: string;
}

/** Returns the names of the services whose mounts other services use with `volumes_from`. */
export function sharedServices(document: MappingNode): ReadonlySet<string> {
  const lists = workloadsOf(document).map((workload) => itemsOf(valueAt(workload, "volumes_from")));
  return new Set(lists.flat().map((item) => textOf(item)?.split(":")[0] ?? ""));
}

/**
 * Returns the paths of a service's mounts, tmpfs, configs and secrets. A path at which the container would not see a
 * config has the reason: Docker copies configs into a container before it starts the container, so a read-only mount
 * cannot receive the copy, and a tmpfs hides it.
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

/**
 * Returns the reason why a file at the target would be hidden or could not be copied. Returns `undefined` if the
 * container sees the file.
 */
export function hiddenBy(target: string, places: readonly Place[]): string | undefined {
  return places.find(({ path, reason }) => reason !== undefined && isWithin(target, path))?.reason;
}

/** Whether another mount hides a file of a mounted folder. `target` is the path of the folder in the container. */
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

/** A mount of a file or folder of the project, in short or long syntax. */
export interface LocalMount {
  readonly item: ComposeNode;
  /** The path on this machine, in which `$` replaces `$$`. */
  readonly source: string;
  readonly target: string;
  readonly readOnly: boolean;
  /** Whether Docker creates a folder if `source` does not exist. */
  readonly mayBeMissing: boolean;
  /** The position of a diagnostic about `source`. */
  readonly span: Span;
  readonly path: ComposePath;
}

/**
 * Reads a mount of a local path. Returns `undefined` for any other mount. A path that starts with `/` is on the remote
 * machine and not local.
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
 * Whether a missing source of a mount is probably a file. Only the names of source and target decide. A name with an
 * ending such as `.conf` and names such as `Caddyfile` mean a file. A path with a slash at its end, `conf.d`, a host
 * name such as `peer0.example.com` and any other name mean a folder.
 */
export function namesFile({ source, target }: Pick<LocalMount, "source" | "target">): boolean {
  const names = [source, target].map((path) => path.slice(path.lastIndexOf("/") + 1));
  if (names.some((name) => name === "" || name === "." || name === ".." || name.endsWith(".d"))) return false;
  return names.some((name) => /[^.]\.[A-Za-z]\w{0,9}$|^\.env$|[a-z]file$/.test(name) && !HOST_NAME.test(name));
}

/** Matches a host name, such as `peer0.example.com`. Folders often have host names, files do not. */
const HOST_NAME = /^[\w-]+\.(?:[\w-]+\.)*(?:com|net)$|^[\w-]+(?:\.[\w-]+)+\.(?:org|io|edu|gov|local|lan|internal)$/i;

/** Matches paths below the home folder that contain credentials. An empty volume cannot replace credentials. */
const OF_A_PERSON = /^~\/\.(?:aws|azure|config\/gcloud|docker|gnupg|kube|netrc|npmrc|ssh)(?:\/|$)/;

/** Whether a mount below the home folder is probably for data that the container writes. */
export function keepsInHome(mount: LocalMount): boolean {
  const { source, readOnly } = mount;
  return source.startsWith("~/") && !readOnly && !OF_A_PERSON.test(source) && !namesFile(mount);
}
