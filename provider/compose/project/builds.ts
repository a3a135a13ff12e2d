import { type ComposeNode, isNull } from "../model";
import { type MappingNode, mapValues, textOf, valueAt, withEntry, withoutKeys } from "./nodes";

/** A document whose services with an image have no secrets for a build: one text has none that a build could read. */
export function withoutBuildSecrets(document: MappingNode): MappingNode {
  return ofServicesWithImage(document, (service, build) =>
    build.kind === "mapping" ? withEntry(service, "build", withoutKeys(build, ["secrets"])) : service,
  );
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
  const services = valueAt(document, "services");
  if (services?.kind !== "mapping") return document;
  const changed = mapValues(services, (service) => {
    const [image, build] = [valueAt(service, "image"), valueAt(service, "build")];
    if (service.kind !== "mapping" || image === undefined || isNull(image) || build === undefined) return service;
    return change(service, build);
  });
  return withEntry(document, "services", changed);
}
