import { lstat, realpath } from "node:fs/promises";
import { dirname, join, posix } from "node:path";
import { BUCKET_MOUNT_PATH, type BucketMount } from "../../engine";
import { asList, asMapping, isMapping, locationsOf, type Mapping, mapValues } from "../text/model";
import { isOfBucket } from "../text/volume-mounts";

/** The result of a step before the containers start. It has a value, or the reasons why the run cannot start. */
export type Step<T> =
  | { readonly kind: "done"; readonly value: T }
  | { readonly kind: "failed"; readonly reasons: readonly string[] };

/**
 * Gives the services of a normalized model access to the bucket. A path below `/mnt/s3` on the machine becomes a path
 * in the bucket's folder. If the bucket's settings require it, each service also gets the bucket at `/mnt/s3`.
 */
export async function mountBucket(model: Mapping, { folder, inServices }: BucketMount): Promise<Step<Mapping>> {
  const root = await realpath(folder);
  const sources = locationsOf(model, "services.*.volumes.*.source").flatMap(({ path, value }) =>
    typeof value === "string" && isOfBucket(value) ? [{ path, source: value }] : [],
  );
  const reasons: string[] = [];
  for (const { path, source } of sources) {
    // A run may have created a link in the bucket, and the daemon would follow the link to a path outside the bucket.
    if (!(await isWithin(root, inFolder(root, source)))) reasons.push(`${path}: refused, it leads out of the bucket.`);
  }
  if (reasons.length > 0) return { kind: "failed", reasons };
  const services = mapValues(asMapping(model.services), (service) => {
    if (!isMapping(service)) return service;
    const volumes = asList(service.volumes).map((mount) => redirected(mount, root));
    const hasOwn = volumes.some((mount) => asMapping(mount).target === BUCKET_MOUNT_PATH);
    const own = inServices && !hasOwn ? [{ type: "bind", source: root, target: BUCKET_MOUNT_PATH }] : [];
    return volumes.length + own.length === 0 ? service : { ...service, volumes: [...volumes, ...own] };
  });
  return { kind: "done", value: { ...model, services } };
}

function redirected(mount: unknown, root: string): unknown {
  if (!isMapping(mount) || mount.type !== "bind" || typeof mount.source !== "string") return mount;
  return isOfBucket(mount.source) ? { ...mount, source: inFolder(root, mount.source) } : mount;
}

function inFolder(root: string, source: string): string {
  return join(root, posix.normalize(source).slice(BUCKET_MOUNT_PATH.length));
}

/**
 * Returns whether a path is in a folder, after links are resolved. If nothing exists at the path, the nearest existing
 * folder above it decides.
 */
async function isWithin(root: string, path: string): Promise<boolean> {
  try {
    const real = await realpath(path);
    return real === root || real.startsWith(`${root}/`);
  } catch {
    const isLink = await lstat(path).then(
      () => true,
      () => false,
    );
    return !isLink && path.startsWith(`${root}/`) && isWithin(root, dirname(path));
  }
}
