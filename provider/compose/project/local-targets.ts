import { cleanPath } from "../file-paths";
import type { ComposeNode } from "../model";
import { readVolume } from "../short-forms";
import { isTrue } from "../typed-texts";
import { type MappingNode, textOf, valueAt } from "./nodes";

/** A folder of a container that no config can be written into. */
export interface HiddenTarget {
  readonly path: string;
  readonly reason: string;
}

/** The services whose mounts others take (`volumes_from`), by their names. */
export function sharedServices(services: MappingNode): ReadonlySet<string> {
  const lists = [...services.entries.values()].map(({ node }) => valueAt(node, "volumes_from"));
  return new Set(
    lists.flatMap((list) =>
      (list?.kind === "sequence" ? list.items : []).map((item) => textOf(item)?.split(":")[0] ?? ""),
    ),
  );
}

/**
 * Where a service has what hides a config, or cannot be written: Docker copies configs into the container before it starts,
 * and mounts a tmpfs when it starts.
 */
export function hiddenTargets(service: MappingNode): HiddenTarget[] {
  const temporary = valueAt(service, "tmpfs");
  const short = temporary?.kind === "sequence" ? temporary.items : temporary === undefined ? [] : [temporary];
  const volumes = valueAt(service, "volumes");
  return [
    ...short.flatMap((item) => hiddenAt(textOf(item)?.split(":")[0], tmpfsReason)),
    ...(volumes?.kind === "sequence" ? volumes.items : []).flatMap(ofVolume),
  ];
}

const tmpfsReason = "a tmpfs of the service hides";
const readOnlyReason = "cannot be copied into a read-only volume of the service";

function ofVolume(item: ComposeNode): HiddenTarget[] {
  const text = textOf(item);
  if (text === undefined) {
    const target = textOf(valueAt(item, "target"));
    const type = textOf(valueAt(item, "type"));
    if (type === "tmpfs") return hiddenAt(target, tmpfsReason);
    const readOnly = valueAt(item, "read_only");
    const isReadOnly = readOnly?.kind === "scalar" && isTrue(String(readOnly.value));
    return type === "volume" && isReadOnly ? hiddenAt(target, readOnlyReason) : [];
  }
  const read = readVolume(text);
  if (typeof read === "string" || read.type !== "volume" || !read.options.includes("ro")) return [];
  return hiddenAt(read.target, readOnlyReason);
}

function hiddenAt(target: string | undefined, reason: string): HiddenTarget[] {
  return target === undefined || target === "" ? [] : [{ path: cleanPath(target), reason }];
}
