import { type RunScope, runLabels } from "../names";
import { ADDRESSES, IGNORED_KEYS, ignoredKeys, ignoredNetworkOptions } from "./ignored-keys";
import { asList, asMapping, isMapping, isSet, type Mapping, mapValues, without } from "./model";

/** A Compose model that uses nothing outside its own run, except the bucket. */
export interface Isolated {
  readonly model: Mapping;
  /** Sentences for the output of the run, about settings that were left out although the run may need them. */
  readonly notes: readonly { readonly service: string; readonly message: string }[];
}

/** The log driver of each container. The engine reads the output of `json-file`. The options limit its size on disk. */
const LOGGING = { driver: "json-file", options: { "max-size": "64m", "max-file": "2" } };

/** Keys that are removed from each service, because they affect other runs or the emulator does not support them. */
const DROPPED = [...IGNORED_KEYS, "container_name"];

/**
 * Rewrites a normalized model so that two runs of the same text share nothing but the bucket.
 *
 * Container names, published ports, addresses, and most options of networks are dropped. A dropped container name stays
 * a network alias. Networks, volumes, configs and secrets are named after the run. Services, networks and volumes have
 * the run's labels. Settings that cannot be isolated were already refused by `refusals`.
 *
 * @param model the parsed output of `docker compose config --format json`
 * @param cpus the number of CPUs of the daemon's machine
 */
export function isolate(model: Mapping, scope: RunScope, cpus: number): Isolated {
  const notes: { service: string; message: string }[] = [];
  const active = asMapping(model.services);
  const services = mapValues(active, (value, name) => {
    if (!isMapping(value)) return value;
    const changed = isolateService(withoutInactive(value, active), scope, cpus);
    notes.push(...changed.notes.map((message) => ({ service: name, message })));
    return changed.service;
  });
  // A network has no output, so sentences about it appear in the output of the first service.
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

/**
 * Leaves out dependencies on services of inactive profiles. The normalized model does not have these services, so
 * Compose would refuse the dependencies. Compose has already checked that they are not required.
 */
function withoutInactive(service: Mapping, active: Mapping): Mapping {
  if (!isMapping(service.depends_on)) return service;
  const kept = mapValues(service.depends_on, (value, name) => (Object.hasOwn(active, name) ? value : undefined));
  return { ...service, depends_on: kept };
}

function isolateService(service: Mapping, scope: RunScope, cpus: number): { service: Mapping; notes: string[] } {
  const fitted = fitToMachine(service, cpus);
  const mode = service.network_mode;
  // Other containers of the machine may use the daemon's bridge, so networks of the run replace it.
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

/**
 * Returns the networks of a service without static addresses: an address belongs to a subnet, and two runs cannot have
 * the same subnet. Adds `alias` if there is one.
 */
function isolateAttachments(networks: unknown, alias: string | undefined): Mapping {
  const attachments = isSet(networks) ? asMapping(networks) : { default: null };
  return mapValues(attachments, (value) => {
    const kept = without(asMapping(value), ADDRESSES);
    const aliases = [...asList(kept.aliases), ...(alias === undefined ? [] : [alias])];
    return { ...kept, ...(aliases.length === 0 ? {} : { aliases }) };
  });
}

/**
 * Leaves out each variable without a value. Otherwise, Compose would take the value from the environment of its own
 * process. This environment has at most the variable `DOCKER_CONFIG`, which is not for a service.
 */
function setVariables(environment: Mapping): Mapping {
  return mapValues(environment, (value) => (value === null ? undefined : value));
}

function usesDefaultNetwork(services: Mapping): boolean {
  return Object.values(services).some((service) => Object.hasOwn(asMapping(asMapping(service).networks), "default"));
}

function owned(labels: unknown, key: string, scope: RunScope): Mapping {
  return { name: `${scope.project}_${key}`, labels: { ...userLabels(labels), ...runLabels(scope) } };
}

/**
 * Returns the labels in a user's Compose text without the labels of Compose itself (`com.docker.compose.…`). Compose
 * recognizes its own containers by these labels.
 */
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

/** A sentence for the output of the run. Without this sentence, the user might think that the run had a GPU. */
const NO_GPU = "No GPU here: the reservation is left out, the service runs on the CPU.";

/**
 * Adapts a normalized service to this machine, because the daemon would refuse to start the original service. The new
 * service reserves no GPU or other device, and uses at most the existing CPUs. A limit is changed both in the service
 * and in `deploy.resources`, because Compose refuses two different values of a limit.
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
