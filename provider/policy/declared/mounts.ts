import { posix } from "node:path";
import { isSecretLeaf } from "../../../compose";
import { readVolume } from "../../../compose/rule";
import { isMap } from "../../schema";
import { UNKNOWN_TEXT } from "../../schema/wire-forms";
import { below, isOff, isWrittenOut, NOT_KNOWN, type PartFinding, say } from "./findings";

const UNSEEN = "has a mount that is not written out";
/** The default folder in which the account's bucket is mounted. */
const BUCKET = "/mnt/s3";
const OF_MACHINE = `mounts a path of the machine, where its Docker may be. Allowed are ${BUCKET} and paths of the project`;

/**
 * Returns findings if a mount of a Compose service may give a container access to the machine's Docker. A mount of an
 * image has no finding here, because the rules about images check the image.
 */
export function sayMount(mount: unknown): readonly PartFinding[] {
  if (mount === UNKNOWN_TEXT) return NOT_KNOWN;
  if (typeof mount === "string") {
    const read = isWrittenOut(mount) ? readVolume(mount) : mount;
    if (typeof read === "string") return say(UNSEEN);
    return read.type === "bind" ? sayPath(read.source) : [];
  }
  if (!isMap(mount)) return say(UNSEEN);
  const { type, source, target } = mount;
  if (type === UNKNOWN_TEXT) return NOT_KNOWN;
  if (type === "bind") return below(["source"], sayPath(source));
  if (type === "volume") return source === undefined || source === null ? sayWhole(target) : sayName(source);
  if (type === "image" || type === "tmpfs" || type === "cluster") return [];
  return [{ words: type === "npipe" ? OF_MACHINE : UNSEEN, path: ["type"] }];
}

/**
 * Returns findings if a mounted path of the machine may give a container access to the Docker daemon of the machine.
 * Only relative paths inside the project and paths in the bucket are certainly harmless.
 */
export function sayPath(path: unknown): readonly PartFinding[] {
  if (path === UNKNOWN_TEXT) return NOT_KNOWN;
  if (!isWrittenOut(path)) return say(UNSEEN);
  const normal = posix.normalize(path.replaceAll("\\", "/"));
  const isInProject = !/^(?:[/~]|\.\.(?:\/|$)|\p{L}:)/u.test(normal);
  return isInProject || normal === BUCKET || normal.startsWith(`${BUCKET}/`) ? [] : say(OF_MACHINE);
}

/**
 * Returns a finding if a volume mount without a source has a masked secret as its target, as in `["${SECRET}"]`. The
 * secret may itself contain a source, as in `/:/host`.
 */
function sayWhole(target: unknown): readonly PartFinding[] {
  if (target === UNKNOWN_TEXT) return NOT_KNOWN;
  return isSecretLeaf(target) ? say(UNSEEN) : [];
}

/**
 * Returns findings if the source of a volume mount may be a path of the machine. Docker reads a source as a path if it
 * is not the name of a volume.
 */
function sayName(name: unknown): readonly PartFinding[] {
  if (name === UNKNOWN_TEXT) return [{ words: "is not known", path: ["source"], isUnknown: true }];
  return isWrittenOut(name) && /^\w[\w.-]*$/.test(name) ? [] : [{ words: OF_MACHINE, path: ["source"] }];
}

const OUTSIDE = "is a volume outside the run, which may be a path of the machine";
const REMOTE_FILE_SYSTEMS: readonly unknown[] = ["nfs", "nfs4", "cifs", "tmpfs"];

/**
 * Returns findings if a named volume may be a path of the machine, or if its driver is a plugin. A plugin is an image.
 */
export function sayNamedVolume(volume: unknown): readonly PartFinding[] {
  if (volume === null) return [];
  if (!isMap(volume)) return say(UNSEEN);
  const { driver = "local", driver_opts: options = {}, external, name } = volume;
  if (external === UNKNOWN_TEXT || name === UNKNOWN_TEXT) return NOT_KNOWN;
  if (!isOff(external)) return [{ words: OUTSIDE, path: ["external"] }];
  if (name !== undefined && name !== null && sayName(name).length > 0) return [{ words: OUTSIDE, path: ["name"] }];
  if (driver !== "local") return [{ words: "has a driver, which is an image of a plugin", path: ["driver"] }];
  if (options === null || (isMap(options) && Object.keys(options).length === 0)) return [];
  if (!isMap(options)) return [{ words: UNSEEN, path: ["driver_opts"] }];
  const { type, device, o = "" } = options;
  if (o === UNKNOWN_TEXT) return NOT_KNOWN;
  const flags = o === "" || isWrittenOut(o) ? o.split(",") : ["$"];
  const isBind = flags.some((flag) => /^(?:r?bind|r?move|remount|\$)$/i.test(flag.trim()));
  if (REMOTE_FILE_SYSTEMS.includes(type) && !isBind) return [];
  if (type !== "none" && type !== undefined) return [{ words: OF_MACHINE, path: ["driver_opts"] }];
  // `sayPath` takes a relative path for a path of the project. This is right only if `bind` is the only option. With
  // other options, a relative path begins at the root of the machine.
  const isOfProject = o === "bind" || (isWrittenOut(device) && device.startsWith("/"));
  const found = isOfProject ? sayPath(device) : say(OF_MACHINE);
  return below(["driver_opts", "device"], found);
}
