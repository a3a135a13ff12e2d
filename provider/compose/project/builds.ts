import { type ComposeNode, isNull } from "../model";
import {
  itemsOf,
  type MappingNode,
  mapServices,
  sequenceNode,
  sourceOf,
  textOf,
  unlessEmpty,
  valueAt,
  withEntry,
  withoutKeys,
} from "./nodes";

/**
 * A document whose services with an image have no secrets for a build, which one text cannot hold: their content need not
 * be there. External ones have none, and stay.
 */
export function withoutBuildSecrets(document: MappingNode): MappingNode {
  const declared = valueAt(document, "secrets");
  const isExternal = (item: ComposeNode) => {
    const name = sourceOf(item);
    return name !== undefined && valueAt(valueAt(declared, name), "external") !== undefined;
  };
  return ofServicesWithImage(document, (service, build) => {
    const secrets = valueAt(build, "secrets");
    if (build.kind !== "mapping" || secrets === undefined) return service;
    const left = itemsOf(secrets).filter(isExternal);
    if (secrets.kind === "sequence" && left.length === secrets.items.length) return service;
    const kept = unlessEmpty(sequenceNode(left, secrets.span));
    return withEntry(service, "build", withEntry(build, "secrets", kept));
  });
}

/**
 * A document whose services with an image have no `build`: nothing is built where the run happens. The image is then
 * pulled, also where it would have been built first.
 */
export function withoutBuilds(document: MappingNode): MappingNode {
  return ofServicesWithImage(document, (service) => {
    const policy = textOf(valueAt(service, "pull_policy"));
    return withoutKeys(service, policy === "build" ? ["build", "pull_policy"] : ["build"]);
  });
}

function ofServicesWithImage(
  document: MappingNode,
  change: (service: MappingNode, build: ComposeNode) => MappingNode,
): MappingNode {
  return mapServices(document, (service) => {
    const [image, build] = [valueAt(service, "image"), valueAt(service, "build")];
    return image === undefined || isNull(image) || build === undefined ? service : change(service, build);
  });
}
