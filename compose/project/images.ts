import { nearest } from "../diagnostics/nearest";
import { printableKey } from "../diagnostics/position";
import { WORKLOAD_SECTIONS } from "../model/keys";
import type { ProjectDiagnostics } from "./diagnostics";
import { entriesOf, type MappingNode, mapWorkloads, textOf, valueAt, withEntry, withoutBuild } from "./nodes";
import { valueNode } from "./variables/environment";
import type { VariableValue } from "./variables/template";

/**
 * Replaces `image` and `build` of services by the caller's images. A key of `images` is the name of a service, or a
 * value of `image`.
 *
 * | the service has | its new image |
 * |---|---|
 * | a name that is a key | the image of this key |
 * | an `image` that is a key, and no service has the key as its name | the image of this key |
 * | an `image` that is a key, and the service with this name has the same `image` | the image of this key |
 * | an `image` that is a key, and the service with this name has another `image` or none | unchanged: the key means only that service |
 */
export function withImages(
  document: MappingNode,
  images: ReadonlyMap<string, VariableValue>,
  collector: ProjectDiagnostics,
): MappingNode {
  const services = WORKLOAD_SECTIONS.flatMap((section) => [...entriesOf(valueAt(document, section))]);
  const written = new Map(services.map(([name, { node }]) => [name, textOf(valueAt(node, "image"))]));
  for (const name of images.keys()) {
    if (written.has(name) || [...written.values()].includes(name)) continue;
    const meant = nearest(name, written.keys());
    const hint = meant === undefined ? "" : `; did you mean \`${printableKey(meant)}\`?`;
    const message = `an image is given for \`${printableKey(name)}\`, which is no service${hint}`;
    collector.add("LYC2513", message, { path: ["images", name] });
  }
  return mapWorkloads(document, (service, name) => {
    const own = written.get(name);
    const isShared = own !== undefined && (written.get(own) === own || !written.has(own));
    const given = images.get(name) ?? (isShared ? images.get(own) : undefined);
    if (given === undefined) return service;
    const span = (valueAt(service, "image") ?? valueAt(service, "build") ?? service).span;
    return withEntry(withoutBuild(service), "image", valueNode(given, span));
  });
}
