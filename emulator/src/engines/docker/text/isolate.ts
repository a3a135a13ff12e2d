import { type RunScope, runLabels } from "../daemon/names";
import { IGNORED_KEYS, ignoredKeys, ignoredNetworkOptions } from "./ignored-keys";
import { asList, asMapping, isMapping, isSet, type Mapping, mapValues, without } from "./model";

/** A model that touches nothing outside its run. */
export interface Isolated {
  readonly model: Mapping;
  /** What was left out that the run itself may notice, said on the run's own output. */
  readonly notes: readonly { readonly service: string; readonly message: string }[];
}

/** Bounds what one container's output takes on the disk; `json-file` is also what the output is read back from. */
const LOGGING = { driver: "json-file", options: { "max-size": "64m", "max-file": "2" } };

/** Keys of a service that would meet something outside the run, or that nothing here carries out. */
const DROPPED = [...IGNORED_KEYS, "container_name"];

/**
 * Rewrites a normalized model so that two runs of the same text do not meet.
 *
 * Container names and published ports are dropped (the name stays reachable as a network alias), addresses and
 * options of networks are dropped, everything with a name of its own is named after the run, and everything carries
 * the run's labels. What cannot be isolated has been refused before (see `refusals`).
 *
 * @param model output of `docker compose config --format json`, parsed
 * @param cpus of the daemon's machine
 */
export function isolate(model: Mapping, scope: RunScope, cpus: number): Isolated {
  const notes: { service: string; message: string }[] = [];
  const services = mapValues(asMapping(model.services), (value, name) => {
    if (!isMapping(value)) return value;
    const changed = isolateService(value, scope, cpus);
    notes.push(...changed.notes.map((message) => ({ service: name, message })));
    return changed.service;
  });
  // A network writes nothing; the first service says it.
  const first = Object.keys(services)[0] ?? "";
  notes.push(...ignoredNetworkOptions(asMapping(model.networks)).map((message) => ({ service: first, message })));
  const networks = { ...(usesDefaultNetwork(services) ? { default: null } : {}), ...asMapping(model.networks) };
  return {
    model: {
      ...model,
      name: scope.project,
      services,
      networks: mapValues(networks, (value, key) => ({
        ...pick(asMapping(value), ["internal", "attachable"]),
        ...owned(asMapping(value).labels, key, scope),
      })),
      volumes: mapValues(asMapping(model.volumes), (value, key) => ({
        ...without(asMapping(value), ["name", "external"]),
        ...owned(asMapping(value).labels, key, scope),
      })),
      ...named("configs", model.configs, scope),
      ...named("secrets", model.secrets, scope),
    },
    notes,
  };
}

function isolateService(service: Mapping, scope: RunScope, cpus: number): { service: Mapping; notes: string[] } {
  const fitted = fitToMachine(service, cpus);
  const mode = service.network_mode;
  // The daemon's own bridge is shared by everything on the machine; the run's own network takes its place.
  const ownNetwork = !isSet(mode) || mode === "bridge" || mode === "default";
  const alias = typeof service.container_name === "string" ? service.container_name : undefined;
  const kept = without(fitted.service, [...DROPPED, ...(ownNetwork ? ["network_mode"] : [])]);
  return {
    service: {
      ...kept,
      ...(ownNetwork ? { networks: isolateAttachments(service.networks, alias) } : {}),
      ...(isSet(service.environment) ? { environment: setVariables(asMapping(service.environment)) } : {}),
      labels: { ...userLabels(service.labels), ...runLabels(scope) },
      logging: LOGGING,
    },
    notes: [...ignoredKeys(service), ...fitted.notes],
  };
}

/** Static addresses belong to subnets that are dropped, since two runs cannot have the same one. */
function isolateAttachments(networks: unknown, alias: string | undefined): Mapping {
  const attachments = isSet(networks) ? asMapping(networks) : { default: null };
  return mapValues(attachments, (value) => {
    const kept = pick(asMapping(value), ["aliases", "priority", "gw_priority"]);
    const aliases = [...asList(kept.aliases), ...(alias === undefined ? [] : [alias])];
    return { ...kept, ...(aliases.length === 0 ? {} : { aliases }) };
  });
}

/** A variable without a value would be taken from the environment of compose; there is nothing of the user's in it. */
function setVariables(environment: Mapping): Mapping {
  return mapValues(environment, (value) => (value === null ? undefined : value));
}

function usesDefaultNetwork(services: Mapping): boolean {
  return Object.values(services).some((service) => Object.hasOwn(asMapping(asMapping(service).networks), "default"));
}

function owned(labels: unknown, key: string, scope: RunScope): Mapping {
  return { name: `${scope.project}_${key}`, labels: { ...userLabels(labels), ...runLabels(scope) } };
}

/** Labels of compose itself decide which containers it takes for its own; a text may not set them. */
function userLabels(labels: unknown): Mapping {
  return mapValues(asMapping(labels), (value, key) => (key.startsWith("com.docker.compose.") ? undefined : value));
}

function named(kind: string, value: unknown, scope: RunScope): Mapping {
  if (!isSet(value)) return {};
  return {
    [kind]: mapValues(asMapping(value), (item, key) => ({ ...asMapping(item), name: `${scope.project}_${key}` })),
  };
}

function pick(mapping: Mapping, keys: readonly string[]): Mapping {
  return mapValues(mapping, (value, key) => (keys.includes(key) ? value : undefined));
}

/** Said on the run's own output, so that a run without its GPU does not pass for one with it. */
const NO_GPU = "No GPU here: the reservation is left out, the service runs on the CPU.";

/**
 * Fits what a normalized service asks for to this machine, where the daemon would refuse to start the container: it reserves no
 * GPU or other device, and is limited to the CPUs that there are. Everything else of `deploy.resources` stays as it was written:
 * Compose takes each limit at two places, and refuses two that differ.
 */
function fitToMachine(service: Mapping, cpus: number): { service: Mapping; notes: readonly string[] } {
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
