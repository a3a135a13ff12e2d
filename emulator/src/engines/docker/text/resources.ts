import { asList, asMapping, isMapping, isSet, type Mapping, mapValues, without } from "./model";

/** Said on the run's own output, so that a run without its GPU does not pass for one with it. */
const NO_GPU = "No GPU here: the reservation is left out, the service runs on the CPU.";

/**
 * Fits what a normalized service asks for to this machine, where the daemon would refuse to start the container: it reserves no
 * GPU or other device, and is limited to the CPUs that there are. Everything else of `deploy.resources` stays as it was written:
 * Compose takes each limit at two places, and refuses two that differ.
 */
export function fitToMachine(service: Mapping, cpus: number): { service: Mapping; notes: readonly string[] } {
  const notes = new Set<string>();
  const fewerCpus = (values: Mapping) =>
    mapValues(values, (value, key) => {
      if (key !== "cpus" || !(Number(value) > cpus)) return value;
      notes.add(`No ${value} CPUs here: limited to ${cpus}.`);
      return cpus;
    });
  const { limits, reservations } = asMapping(asMapping(service.deploy).resources);
  if (isSet(service.gpus) || asList(asMapping(reservations).devices).length > 0) notes.add(NO_GPU);
  const resources = {
    ...(isMapping(limits) ? { limits: fewerCpus(limits) } : {}),
    ...(isMapping(reservations) ? { reservations: without(reservations, ["devices"]) } : {}),
  };
  const fitted = fewerCpus(without(service, ["gpus"]));
  if (!isSet(resources)) return { service: fitted, notes: [...notes] };
  return { service: { ...fitted, deploy: { ...asMapping(service.deploy), resources } }, notes: [...notes] };
}
