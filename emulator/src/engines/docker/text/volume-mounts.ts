import { posix } from "node:path";
import { BUCKET_MOUNT_PATH } from "../../engine";
import { isMapping } from "./model";

const NO_FOLDER =
  "a folder of your machine does not reach the service; put the files into the image, or inline as `configs` with `content`";
const SOCKET = "the docker socket is the whole machine";

/**
 * Returns why a service's mount is refused. Undefined if the mount is allowed. The mount has the short form
 * (`./data:/data:ro`) or the long form.
 * @param isBucketThere whether the machine has the bucket at `/mnt/s3`
 */
export function refuseVolumeMount(mount: unknown, isBucketThere: boolean): string | undefined {
  const short = typeof mount === "string" ? shortSource(mount) : undefined;
  if (isBucketThere && isOfBucket(short)) return undefined;
  if (typeof mount === "string") return refuseSource(short);
  if (!isMapping(mount)) return undefined;
  const source = typeof mount.source === "string" ? mount.source : undefined;
  if (isBucketThere && mount.type === "bind" && isOfBucket(source)) return undefined;
  switch (mount.type) {
    case "bind":
      return isSocket(source) ? SOCKET : NO_FOLDER;
    case "volume":
    case "tmpfs":
    case undefined:
      return refuseSource(source);
    default:
      return `a mount of type ${JSON.stringify(mount.type)} is not there; use a volume or tmpfs`;
  }
}

/**
 * Returns the source of a mount in the short form. A mount without a colon has no source: it is an anonymous volume. As
 * in Compose, the colon of a drive (`c:/x`) does not count.
 */
function shortSource(mount: string): string | undefined {
  const drive = /^[A-Za-z]:[\\/]/.exec(mount)?.[0] ?? "";
  const colon = mount.indexOf(":", drive.length);
  return colon < 0 ? undefined : mount.slice(0, colon);
}

/**
 * Returns why the source of a mount is refused, if the source is a path. Undefined for any other source. As in Compose,
 * the first characters decide whether a source is a path.
 */
function refuseSource(source: string | undefined): string | undefined {
  if (source === undefined) return undefined;
  if (isSocket(source)) return SOCKET;
  return /^([./~\\]|[A-Za-z]:[\\/])/.test(source) ? NO_FOLDER : undefined;
}

/** Returns true for the path of the bucket's mount on the machine, and for paths inside it. */
export function isOfBucket(source: string | undefined): boolean {
  if (source === undefined) return false;
  const path = posix.normalize(source);
  return path === BUCKET_MOUNT_PATH || path.startsWith(`${BUCKET_MOUNT_PATH}/`);
}

function isSocket(source: string | undefined): boolean {
  return source !== undefined && /docker\.sock$/.test(source);
}
