import { asList, asMapping, isSet, type Mapping, without } from "./model";

/** Said on the run's own output, so that a run without its GPU does not pass for one with it. */
const NOTE = "No GPU here: the reservation is left out, the service runs on the CPU.";

/**
 * Takes GPU and other device reservations out of a normalized service. The daemon would refuse to start the container
 * ("could not select device driver"), and a stack that is only tried out here would never get further.
 */
export function dropGpus(service: Mapping): { readonly service: Mapping; readonly notes: readonly string[] } {
  const deploy = asMapping(service.deploy);
  const resources = asMapping(deploy.resources);
  const reservations = asMapping(resources.reservations);
  const reserved = asList(reservations.devices).length > 0;
  if (!reserved && !isSet(service.gpus)) return { service, notes: [] };
  const kept = without(service, ["gpus"]);
  if (!reserved) return { service: kept, notes: [NOTE] };
  const left = { ...resources, reservations: without(reservations, ["devices"]) };
  return { service: { ...kept, deploy: { ...deploy, resources: left } }, notes: [NOTE] };
}
